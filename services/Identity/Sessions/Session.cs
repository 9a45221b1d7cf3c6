namespace Ums.Identity.Sessions;

/// <summary>A resident's sign-in. Access tokens name it (<c>sid</c>), and it is over as soon as this row says so.</summary>
internal sealed class Session
{
    /// <summary>So long without a request ends it.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>So long after the PIN it ends in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    /// <summary>The <c>sub</c> of its tokens: new at every sign-in, so that it tells nothing about the person.</summary>
    public Guid Subject { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public static Session Start(Guid organisation, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganisationId = organisation,
        Subject = Guid.CreateVersion7(),
        CreatedAt = now,
        SeenAt = now,
    };
}
