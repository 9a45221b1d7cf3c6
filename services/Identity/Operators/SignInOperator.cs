using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Askers;

namespace Ums.Identity.Operators;

/// <summary>A password and a code for a ticket, which the browser trades for a session at /connect/authorize.</summary>
internal static class SignInOperator
{
    public sealed record Request(string? Email, string? Password, string? Code);

    public sealed record Response(string Ticket);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, ClientNetwork networks, OperatorVerifier verifier, OperatorSessions sessions, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var asker = new Asker(BrowserCookie.Ensure(http), networks.Of(http));
        if (People.ReadEmail(request.Email) is not { } email || request.Password is not { Length: > 0 and <= Passwords.Longest }
            || Codes.Read(request.Code) is not { } code)
        {
            return OperatorProblems.Wrong();
        }
        var check = await verifier.CheckAsync(email, request.Password, code, asker, cancellationToken);
        return check switch
        {
            { Refusal: { } refusal } => OperatorProblems.TooMany(http, refusal, clock.GetUtcNow()),
            { Operator: { } person } => TypedResults.Ok(new Response(await sessions.PrepareAsync(person, boundTo: null, cancellationToken))),
            _ => OperatorProblems.Wrong(),
        };
    }
}

internal static class Codes
{
    /// <summary>However it was grouped when it was copied or typed; null for what is too long to be one.</summary>
    public static string? Read(string? typed)
    {
        var code = new string([.. (typed ?? "").Where(letter => !char.IsWhiteSpace(letter))]);
        return code.Length is > 0 and <= 40 && code.All(char.IsAscii) ? code : null;
    }
}
