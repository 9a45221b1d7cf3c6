using System.Security.Claims;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.ServiceDefaults.Audit;

/// <summary>One thing done, in ids and words: nothing in it names a person.</summary>
/// <param name="Actor"><c>operator</c>, <c>client</c>, <c>resident</c> or <c>system</c>.</param>
/// <param name="ActorId">The <c>sub</c> of the token, or the part of the system.</param>
/// <param name="Action">Such as <c>contact-read</c>.</param>
public sealed record AuditRecord(string Actor, string ActorId, string Action)
{
    /// <summary>The person whose data it was about.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The row or thing concerned, such as an alert's id.</summary>
    public string? Target { get; init; }

    /// <summary>What changed, in field names and numbers.</summary>
    public string? Detail { get; init; }

    /// <summary>As the actor gave it.</summary>
    public string? Reason { get; init; }

    public static AuditRecord By(ClaimsPrincipal user, string action) => new(
        user.IsOperator() ? "operator" : user.HasClaim(claim => claim.Type == Claims.Session) ? "resident" : "client", user.Required(Claims.Subject), action);

    public static AuditRecord BySystem(string part, string action) => new("system", part, action);
}

/// <summary>A record as it stands in the chain.</summary>
/// <param name="Position">1, 2, 3 … within the organisation, without a gap.</param>
public sealed record AuditRow(Guid OrganisationId, long Position, DateTimeOffset At, AuditRecord Record);
