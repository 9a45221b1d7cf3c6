using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Askers;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>Before something that matters: the operator proves once more who they are, in the session that they have. The next token says so.</summary>
internal static class ConfirmSignIn
{
    public sealed record Request(string? Password, string? Code);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, HttpContext http, ClaimsPrincipal user, ClientNetwork networks, IdentityDb db, People people, OperatorVerifier verifier,
        OperatorSessions sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var person = await db.Operators.AsNoTracking().SingleAsync(o => o.Id == Guid.Parse(user.Required(Claims.Subject)), cancellationToken);
        var asker = new Asker(BrowserCookie.Ensure(http), networks.Of(http));
        if (request.Password is not { Length: > 0 and <= Passwords.Longest } || Codes.Read(request.Code) is not { } code)
        {
            return OperatorProblems.Wrong();
        }
        var check = await verifier.CheckAsync(people.Open(person.EmailSealed), request.Password, code, asker, cancellationToken);
        if (check.Operator is null)
        {
            return check.Refusal is { } refusal ? OperatorProblems.TooMany(http, refusal, clock.GetUtcNow()) : OperatorProblems.Wrong();
        }
        await sessions.ProvedAgainAsync(Guid.Parse(user.Required(Claims.Session)), cancellationToken);
        return TypedResults.NoContent();
    }
}
