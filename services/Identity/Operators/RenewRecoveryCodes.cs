using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>Ten new recovery codes; the old ones end.</summary>
internal static class RenewRecoveryCodes
{
    public sealed record Response(string[] RecoveryCodes);

    public static async Task<Ok<Response>> Handle(ClaimsPrincipal user, IdentityDb db, AuditTrail audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Response(await db.AcrossOrganisationsAsync(async token =>
        {
            var codes = await RecoveryCodes.RenewAsync(db, Guid.Parse(user.Required(Claims.Subject)), token);
            await audit.AppendAsync(db, Guid.Empty, AuditRecord.By(user, "recovery-codes-renewed"), token);
            return codes;
        }, cancellationToken)));
}
