using Ums.Notifier.Providers;

namespace Ums.Notifier.Messages;

/// <summary>
/// What a PIN's way to the provider writes down, each call in one transaction. The database is one; the other lives in the simulation that crashes it between any
/// two steps.
/// </summary>
internal interface IMessageStore
{
    /// <summary>Commits a message, once for its bus message and once for what asked for it, and its first attempt unless it came too late.</summary>
    /// <param name="provider">Chooses whom the attempt goes to.</param>
    /// <returns>Whether it had not been taken before, and the attempt.</returns>
    Task<(bool IsNew, Attempt? Attempt)> TakeAsync(Guid busMessageId, Message message, Func<string> provider, CancellationToken cancellationToken);

    /// <summary>Settles the attempt, unless the lease is no longer ours or a receipt has told more than we know.</summary>
    /// <param name="nextProvider">Who is to be tried next.</param>
    /// <returns>The next attempt, committed.</returns>
    Task<Attempt?> SettleAsync(Message message, Attempt attempt, Settlement settlement, string? nextProvider);

    /// <summary>Calls attempts that were left past their deadline what they are, unknown, and takes their lease.</summary>
    /// <returns>How many messages have an unknown outcome by it.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken);
}

/// <summary>What a provider's answer makes of an attempt.</summary>
internal sealed record Settlement(DeliveryState State, string? Reason = null, string? Reference = null)
{
    /// <summary>What it makes of the message where no further attempt follows.</summary>
    public DeliveryState OfMessage => State == DeliveryState.NotSent ? DeliveryState.Failed : State;

    public static Settlement Of(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Accepted accepted => new Settlement(DeliveryState.Accepted, Reference: accepted.Reference),
        ProviderAnswer.NotSent notSent => new Settlement(DeliveryState.NotSent, notSent.Reason),
        ProviderAnswer.Unknown unknown => new Settlement(DeliveryState.Unknown, unknown.Reason),
        _ => throw new InvalidOperationException(),
    };
}
