using Microsoft.Extensions.Options;
using Ums.Identity.Askers;
using Ums.Identity.Limits;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

/// <summary>
/// Wrong PINs, counted for the asker, for the number and in all, and what each count leads to. Only an asker is ever shut out, and by its own failures alone;
/// what all askers together do makes PINs longer, so that nobody can lock out the number's owner. See docs/decisions/007-guessing.md.
/// </summary>
internal sealed class Guesses(SharedLimits limits, PersonalData personal, IOptions<PinLimitOptions> options)
{
    private static readonly TimeSpan InARow = TimeSpan.FromDays(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly PinLimitOptions rates = options.Value;

    /// <summary>What the counts say now.</summary>
    /// <param name="Many">So many in all that nobody may skip the captcha.</param>
    /// <param name="ShutOut">This asker has failed too often in a row.</param>
    public sealed record Verdict(bool Many, bool ShutOut, int PinLength);

    /// <summary>Whose failures count as one: a browser's that has signed in with the number answers for itself only; otherwise its network's, for a new cookie
    /// costs nothing.</summary>
    public byte[] Whose(PhoneNumber phone, Asker asker, Trusted trusted) =>
        personal.Index(Guid.Empty, $"failures|{phone.E164}|{(trusted.Browser ? Convert.ToHexString(asker.Browser) : asker.Network)}");

    public async Task<Verdict> JudgeAsync(PhoneNumber phone, byte[] whose, Trusted trusted, CancellationToken cancellationToken)
    {
        var used = await limits.UsedAsync([Counters.FailedChecks, OfNumber(phone.E164), OfAsker(whose)], cancellationToken);
        var longer = used[0] > rates.LongPinsAfter || (!trusted.Browser && used[1] >= rates.LongPinsForNumberAfter);
        return new Verdict(used[0] > rates.FailedChecksPerHour, used[2] >= rates.FailuresInARow, longer ? Pin.LongLength : Pin.ShortLength);
    }

    /// <summary>Before anything is compared, so that tries at the same time cannot pass together.</summary>
    /// <returns>False where the asker has none left.</returns>
    public async Task<bool> TakeAsync(byte[] whose, CancellationToken cancellationToken) => await limits.TakeAsync([OfAsker(whose)], cancellationToken) is null;

    public Task FailedAsync(string number, CancellationToken cancellationToken) => limits.TakeAsync([Counters.FailedChecks, OfNumber(number)], cancellationToken);

    /// <summary>Within the transaction that consumes the PIN. The number's own count stays: if it fell, an attacker would see that the owner signed in.</summary>
    public Task SucceededAsync(byte[] whose, CancellationToken cancellationToken) => limits.ForgetAsync(OfAsker(whose), cancellationToken);

    public Refusal ShutOut(byte[] whose, DateTimeOffset now) => new(OfAsker(whose), now + InARow);

    private Limit OfAsker(byte[] whose) => new("failures", Convert.ToHexString(whose), rates.FailuresInARow, InARow);

    private static Limit OfNumber(string number) => Limit.Count("number-failures", number, Day);
}
