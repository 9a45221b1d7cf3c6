using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>A new password; every other session of the operator ends.</summary>
internal static class ChangePassword
{
    public sealed record Request(string? Password);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, IdentityDb db, People people, Passwords passwords, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (id, session) = (Guid.Parse(user.Required(Claims.Subject)), Guid.Parse(user.Required(Claims.Session)));
        var person = await db.Operators.AsNoTracking().SingleAsync(o => o.Id == id, cancellationToken);
        if (Passwords.Fault(request.Password, people.Open(person.EmailSealed)) is { } fault)
        {
            return Problems.Invalid("password", fault);
        }
        var hash = passwords.Hash(request.Password!);
        var now = clock.GetUtcNow();
        return await db.AcrossOrganisationsAsync(async token =>
        {
            await db.Operators.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PasswordHash, hash), token);
            await db.OperatorSessions.Where(s => s.OperatorId == id && s.Id != session && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token);
            await audit.AppendAsync(db, Guid.Empty, AuditRecord.By(user, "password-changed"), token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
