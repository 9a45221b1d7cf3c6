using Ums.Notifier.Providers;

namespace Ums.Notifier.Messages;

/// <summary>A message to one phone. What it says is never kept.</summary>
internal sealed class Message
{
    public const string Pin = "pin";

    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>What asked for it; unique within the purpose.</summary>
    public Guid SourceId { get; init; }

    public Channel Channel { get; init; }

    /// <summary>Sealed; null once retention has removed it.</summary>
    public byte[]? Phone { get; init; }

    /// <summary>Of an SMS, as providers charge for it; 1 for a call.</summary>
    public int Parts { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>A stable word where it failed.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What the bus is told of a message when its state changes.</summary>
internal sealed record MessageKey(Guid Id, Guid OrganisationId, string Purpose, Channel Channel)
{
    public static MessageKey Of(Message message) => new(message.Id, message.OrganisationId, message.Purpose, message.Channel);
}

/// <summary>One call to a provider, committed before the call.</summary>
internal sealed class Attempt
{
    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public Guid MessageId { get; init; }

    public int Number { get; init; }

    public required string Provider { get; init; }

    public DeliveryState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>The provider's id of the message.</summary>
    public string? Reference { get; init; }

    /// <summary>Who may settle it; null once the sweeper has given the outcome up as unknown.</summary>
    public Guid? Lease { get; init; }

    /// <summary>Set by the database, on its clock.</summary>
    public DateTimeOffset Deadline { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public static Attempt At(Message message, int number, string provider, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = message.OrganisationId,
        MessageId = message.Id,
        Number = number,
        Provider = provider,
        State = DeliveryState.Sending,
        Lease = Guid.NewGuid(),
        CreatedAt = now,
    };
}
