using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Contacts;

/// <summary>For which organisation a caller may ask: the token's own, or on the inner route, which no one outside reaches, the one that our service names.</summary>
internal sealed record Asker(Guid? Organisation, bool IsInner)
{
    public static ValueTask<Asker?> BindAsync(HttpContext http) => ValueTask.FromResult<Asker?>(new Asker(
        Guid.TryParse(http.User.FindFirstValue(Claims.Organisation), out var organisation) ? organisation : null,
        http.Request.Path.StartsWithSegments("/internal")));

    /// <returns>Null where it is none, or another's.</returns>
    public Guid? Of(Guid? named) => (Organisation, IsInner) switch
    {
        ({ } own, _) => named is null || named == own ? own : null,
        (null, true) => named,
        _ => null,
    };

    public static ProblemHttpResult NoOrganisation() =>
        Problems.Problem(StatusCodes.Status403Forbidden, "not-allowed", "The token is not for an organisation that may be asked about here.");
}
