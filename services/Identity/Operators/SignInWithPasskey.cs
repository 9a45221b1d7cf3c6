using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Identity.Askers;
using Ums.Identity.Limits;

namespace Ums.Identity.Operators;

/// <summary>A passkey for a ticket. It proves possession and, by its own PIN or finger, the person: no password or code beside it.</summary>
internal static class SignInWithPasskey
{
    /// <param name="Options">For <c>navigator.credentials.get</c>.</param>
    /// <param name="Challenge">To be handed in with the answer.</param>
    public sealed record Question(JsonElement Options, string Challenge);

    public sealed record Request(JsonElement Credential, string? Challenge);

    public static async Task<Ok<Question>> AskAsync(HttpContext http, IPasskeyHandler<Operator> passkeys, PasskeyChallenges challenges)
    {
        var made = await passkeys.MakeRequestOptionsAsync(null, http);
        return TypedResults.Ok(new Question(JsonSerializer.Deserialize<JsonElement>(made.RequestOptionsJson), challenges.Seal(made.AssertionState, person: null)));
    }

    public static async Task<Results<Ok<SignInOperator.Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, ClientNetwork networks, SharedLimits limits, IPasskeyHandler<Operator> passkeys, PasskeyChallenges challenges, IdentityDb db,
        OperatorSessions sessions, IOptions<OperatorOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var limit = new Limit("passkey-network", networks.Of(http), options.Value.NetworkTriesPer10Minutes, Counters.TenMinutes);
        if (await limits.TakeAsync([limit], cancellationToken) is { } refusal)
        {
            return OperatorProblems.TooMany(http, refusal, clock.GetUtcNow());
        }
        if (request.Credential.ValueKind != JsonValueKind.Object || await challenges.TakeAsync(request.Challenge, person: null, cancellationToken) is not { } state)
        {
            return OperatorProblems.Wrong();
        }
        var result = await passkeys.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = request.Credential.GetRawText(), AssertionState = state });
        if (!result.Succeeded)
        {
            return OperatorProblems.Wrong();
        }
        var used = result.Passkey;
        long count = used.SignCount;
        await db.Passkeys.Where(key => key.CredentialId == used.CredentialId)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.SignCount, count).SetProperty(key => key.BackedUp, used.IsBackedUp), cancellationToken);
        return TypedResults.Ok(new SignInOperator.Response(await sessions.PrepareAsync(result.User, boundTo: null, cancellationToken)));
    }
}
