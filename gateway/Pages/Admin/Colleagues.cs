using System.Security.Claims;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin;

/// <summary>The names of those who work in the organisation, for histories that hold ids.</summary>
internal sealed record Colleagues(string? Me, IReadOnlyDictionary<string, string> Names)
{
    public static readonly Colleagues None = new(null, new Dictionary<string, string>());

    public static async Task<Colleagues> ReadAsync(OrganisationClient identity, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        new(user.FindFirstValue(Claims.Subject), await identity.NamesAsync(user.FindFirstValue(Claims.OrganisationSlug), cancellationToken));

    /// <returns>A name; the end of the id for one who no longer works here, or does for UMS; a program's own name.</returns>
    public string Name(string actor, Language.Texts t) =>
        actor == Me ? t["Du"] : Names.GetValueOrDefault(actor) ?? (Guid.TryParse(actor, out _) ? t["Operatör {0}", actor[^4..]] : actor);
}
