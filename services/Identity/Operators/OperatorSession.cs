namespace Ums.Identity.Operators;

/// <summary>An operator's sign-in, from the proof of who they are to its end. Tokens name it (<c>sid</c>), and it is over as soon as this row says so.</summary>
internal sealed class OperatorSession
{
    /// <summary>So long without a request ends it.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>So long after signing in it ends in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A ticket must become a session within this.</summary>
    public static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(2);

    public Guid Id { get; init; }

    public required Guid OperatorId { get; init; }

    /// <summary>Null until one is chosen.</summary>
    public Guid? OrganisationId { get; init; }

    public bool Bound { get; init; }

    public required byte[] TicketHash { get; init; }

    public DateTimeOffset? TicketUsedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
