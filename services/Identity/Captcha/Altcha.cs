using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Identity.Limits;

namespace Ums.Identity.Captcha;

/// <summary>Proof of work of our own: no other host is called, nothing is stored in the browser, and nobody has to read pictures.</summary>
internal sealed class Altcha(IdentityDb db, SharedLimits limits, CaptchaRisk risk, AltchaKeys keys, IOptions<CaptchaOptions> options, TimeProvider clock) : ICaptcha
{
    /// <summary>The only thing that an answer is good for so far.</summary>
    private const string Action = "pin";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public async Task<object> ChallengeAsync(byte[] browser, string network, CancellationToken cancellationToken)
    {
        var work = options.Value.Work * risk.Factor(await limits.UsedAsync(CaptchaRisk.Watched(network), cancellationToken));
        return AltchaChallenge.Make(
            keys, options.Value.Cost, RandomNumberGenerator.GetInt32(work, 2 * work), new AltchaChallenge.Binding(Action, Name(browser)), clock.GetUtcNow() + Lifetime);
    }

    public async Task<CaptchaVerdict> VerifyAsync(string answer, byte[]? browser, CancellationToken cancellationToken)
    {
        if (browser is null || Read(answer) is not { Challenge: { Parameters: { Data: not null } terms, Signature: not null } challenge, Solution: { } solution }
            || !challenge.IsSolvedBy(solution, keys)
            || terms.Data != new AltchaChallenge.Binding(Action, Name(browser))
            || DateTimeOffset.FromUnixTimeSeconds(terms.ExpiresAt) <= clock.GetUtcNow())
        {
            return CaptchaVerdict.Failed;
        }
        // The unique key decides which of two equal answers was first.
        var (signature, expires) = (Convert.FromHexString(challenge.Signature), DateTimeOffset.FromUnixTimeSeconds(terms.ExpiresAt));
        var first = await db.Database.ExecuteSqlAsync(
            $"insert into captcha_used (signature, expires_at) values ({signature}, {expires}) on conflict do nothing", cancellationToken);
        return first == 1 ? CaptchaVerdict.Passed : CaptchaVerdict.Failed;
    }

    private static AltchaChallenge.Answer? Read(string answer)
    {
        try
        {
            return Base64.IsValid(answer) ? JsonSerializer.Deserialize(Convert.FromBase64String(answer), AltchaJson.Default.Answer) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Enough of the hash to tell browsers apart.</summary>
    private static string Name(byte[] browser) => Convert.ToHexStringLower(browser.AsSpan(0, 16));
}
