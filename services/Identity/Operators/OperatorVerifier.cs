using Microsoft.EntityFrameworkCore;
using Ums.Identity.Askers;
using Ums.Identity.Limits;

namespace Ums.Identity.Operators;

/// <param name="Operator">Who it is; null where the proof does not do.</param>
/// <param name="Refusal">The asker has tried too often; nothing was compared.</param>
internal sealed record SignInCheck(Operator? Operator, Refusal? Refusal = null);

/// <summary>
/// The only way from a password and a code to an operator. Whatever is wrong (no such account, the password, the code, a code used before) is told in one word
/// and after the same work.
/// </summary>
internal sealed class OperatorVerifier(IdentityDb db, People people, Passwords passwords, SignInGuard guard, TimeProvider clock)
{
    private static readonly byte[] Nobodys = new byte[Totp.SecretLength];

    /// <param name="code">Six digits from the authenticator, or a recovery code.</param>
    public async Task<SignInCheck> CheckAsync(string email, string password, string code, Asker asker, CancellationToken cancellationToken)
    {
        if (await guard.TakeAsync(email, asker, cancellationToken) is { } refusal)
        {
            return new SignInCheck(null, refusal);
        }
        var person = await people.FindAsync(db, email, cancellationToken);
        if (!passwords.Matches(person, password) || person is null || !await guard.MayTryCodeAsync(email, asker, cancellationToken))
        {
            Totp.StepOf(Nobodys, code, clock.GetUtcNow());
            return new SignInCheck(null);
        }
        return await db.AcrossOrganisationsAsync(async token =>
        {
            if (!await UseCodeAsync(person, code, token))
            {
                return new SignInCheck(null);
            }
            await guard.SucceededAsync(db, email, asker, token);
            return new SignInCheck(person);
        }, cancellationToken);
    }

    /// <summary>A code is consumed by an update whose row count is the verdict: of two that come at once, one is right.</summary>
    private async Task<bool> UseCodeAsync(Operator person, string code, CancellationToken cancellationToken)
    {
        if (person.TotpSealed is { } secret && Totp.StepOf(people.OpenBytes(secret), code, clock.GetUtcNow()) is { } step)
        {
            return await db.Operators.Where(row => row.Id == person.Id && row.TotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpStep, step), cancellationToken) == 1;
        }
        return await RecoveryCodes.UseAsync(db, person.Id, code, cancellationToken);
    }
}
