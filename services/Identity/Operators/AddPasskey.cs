using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>A further passkey for the signed-in operator.</summary>
internal static class AddPasskey
{
    private const int Most = 10;
    private const int LongestName = 60;

    public sealed record Request(string? Name, JsonElement Credential, string? Challenge);

    public static async Task<Ok<SignInWithPasskey.Question>> AskAsync(
        HttpContext http, ClaimsPrincipal user, IdentityDb db, People people, IPasskeyHandler<Operator> passkeys, PasskeyChallenges challenges,
        CancellationToken cancellationToken)
    {
        var person = await db.Operators.AsNoTracking().SingleAsync(o => o.Id == Guid.Parse(user.Required(Claims.Subject)), cancellationToken);
        var made = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = person.Id.ToString(), Name = people.Open(person.EmailSealed), DisplayName = people.Open(person.NameSealed) }, http);
        return TypedResults.Ok(new SignInWithPasskey.Question(
            JsonSerializer.Deserialize<JsonElement>(made.CreationOptionsJson), challenges.Seal(made.AttestationState, person.Id)));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, HttpContext http, ClaimsPrincipal user, IdentityDb db, IPasskeyHandler<Operator> passkeys, PasskeyChallenges challenges, AuditTrail audit,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(user.Required(Claims.Subject));
        if (request.Name?.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            return Problems.Invalid("name", "one-to-sixty-letters");
        }
        if (request.Credential.ValueKind != JsonValueKind.Object || await challenges.TakeAsync(request.Challenge, id, cancellationToken) is not { } state)
        {
            return Problems.Invalid("credential", "not-an-answer");
        }
        var result = await passkeys.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = request.Credential.GetRawText(), AttestationState = state });
        if (!result.Succeeded)
        {
            return Problems.Invalid("credential", "not-an-answer");
        }
        return await db.AcrossOrganisationsAsync<Results<NoContent, ProblemHttpResult>>(async token =>
        {
            if (await db.Passkeys.CountAsync(key => key.OperatorId == id, token) >= Most)
            {
                return Problems.Problem(StatusCodes.Status409Conflict, "too-many-passkeys", "Remove a passkey before you add another.");
            }
            db.Passkeys.Add(Passkey.Of(result.Passkey, id, name, clock.GetUtcNow()));
            await audit.AppendAsync(db, Guid.Empty, AuditRecord.By(user, "passkey-added"), token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
