using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

internal static class RemovePasskey
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, ClaimsPrincipal user, IdentityDb db, AuditTrail audit, CancellationToken cancellationToken)
    {
        var person = Guid.Parse(user.Required(Claims.Subject));
        var credential = id.Length <= 1400 && Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
        return await db.AcrossOrganisationsAsync<Results<NoContent, ProblemHttpResult>>(async token =>
        {
            if (await db.Passkeys.Where(key => key.OperatorId == person && key.CredentialId == credential).ExecuteDeleteAsync(token) == 0)
            {
                return Problems.Problem(StatusCodes.Status404NotFound, "unknown-passkey", "There is no such passkey.");
            }
            await audit.AppendAsync(db, Guid.Empty, AuditRecord.By(user, "passkey-removed"), token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
