using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>Signing out twice is no fault.</summary>
internal static class SignOutOperator
{
    public static async Task<NoContent> Handle(ClaimsPrincipal user, OperatorSessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(Guid.Parse(user.Required(Claims.Session)), cancellationToken);
        return TypedResults.NoContent();
    }
}
