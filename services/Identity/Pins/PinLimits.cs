using Microsoft.Extensions.Options;
using Ums.Identity.Askers;
using Ums.Identity.Limits;
using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Pins;

/// <summary>A wish for a PIN, as the limits see it.</summary>
/// <param name="NoScript">No captcha was solved.</param>
/// <param name="CaptchaAway">The captcha could not be checked.</param>
internal sealed record PinWish(PhoneNumber Phone, Asker Asker, Guid Organisation, bool NoScript = false, bool CaptchaAway = false);

/// <param name="Refusal">The limit that says no; null where none does.</param>
/// <param name="Withhold">Answer as always, but send nothing.</param>
/// <param name="FailuresOf">Whose wrong PINs it will be, see <see cref="Guesses"/>.</param>
internal sealed record Admission(Refusal? Refusal, bool Withhold, int PinLength, byte[] FailuresOf)
{
    /// <summary>Waiting does not help; the organisation does.</summary>
    public bool ShutOut { get; init; }
}

/// <summary>
/// Decides whether a PIN goes out. What depends on the asker is refused openly. What depends on whether the number has signed in before (budgets for unknown
/// numbers) must not show, so there the answer stays the same and nothing is sent.
/// </summary>
internal sealed partial class PinLimits(
    SharedLimits limits, Trust trust, Guesses guesses, IOptions<PinLimitOptions> options, TimeProvider clock, ILogger<PinLimits> log)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly PinLimitOptions rates = options.Value;

    public async Task<Admission> AdmitAsync(PinWish wish, CancellationToken cancellationToken)
    {
        var trusted = await trust.OfAsync(wish.Phone, wish.Asker, cancellationToken);
        var whose = guesses.Whose(wish.Phone, wish.Asker, trusted);
        var verdict = await guesses.JudgeAsync(wish.Phone, whose, trusted, cancellationToken);
        var refusal = verdict.ShutOut ? guesses.ShutOut(whose, clock.GetUtcNow())
            : wish.NoScript && verdict.Many
            ? new Refusal(Counters.FailedChecks, clock.GetUtcNow() + Counters.FailedChecks.Period)
            : await limits.TakeAsync(OfAsker(wish, trusted), cancellationToken);
        if (refusal is not null)
        {
            PinMetrics.Refused.Add(1, new KeyValuePair<string, object?>("limit", refusal.Limit.Name));
            return new Admission(refusal, Withhold: true, verdict.PinLength, whose) { ShutOut = verdict.ShutOut };
        }
        var budget = await limits.TakeAsync(OfUnknownNumbers(wish, trusted), cancellationToken);
        var reason = budget?.Limit.Name ?? (wish.CaptchaAway && !trusted.Number ? "captcha-away" : null);
        if (reason is not null)
        {
            Withheld(log, reason);
            PinMetrics.Withheld.Add(1, new KeyValuePair<string, object?>("limit", reason));
        }
        return new Admission(null, Withhold: reason is not null, verdict.PinLength, whose);
    }

    private IEnumerable<Limit> OfAsker(PinWish wish, Trusted trusted)
    {
        var (number, network) = (wish.Phone.E164, wish.Asker.Network);
        var own = trusted.Asker ? rates.TrustedFactor : 1;
        foreach (var limit in Three("asker", $"{number}|{network}", rates.AskerPer10Minutes * own, rates.AskerPerHour * own, rates.AskerPerDay * own))
        {
            yield return limit;
        }
        yield return Counters.Network(network, rates.NetworkPer10Minutes, Counters.TenMinutes);
        yield return Counters.Network(network, rates.NetworkPerHour, Hour);
        yield return Counters.Network(network, rates.NetworkPerDay, Day);
        // Strangers who keep a number busy do not shut out the one who has proved to hold it.
        var all = rates.NumberFactor;
        foreach (var limit in trusted.Asker ? [] : Three("number", number, rates.AskerPer10Minutes * all, rates.AskerPerHour * all, rates.AskerPerDay * all))
        {
            yield return limit;
        }
        if (wish.NoScript)
        {
            yield return new Limit("noscript-network", network, rates.NoScriptNetworkPerHour, Hour);
            yield return new Limit("noscript", "", rates.NoScriptPerHour, Hour);
        }
    }

    /// <summary>Known numbers are counted too, without an end, so that both take the same time.</summary>
    private Limit[] OfUnknownNumbers(PinWish wish, Trusted trusted)
    {
        var (prefix, organisation) = (wish.Phone.E164[..^3], wish.Organisation.ToString());
        return trusted.Number
            ? [Limit.Count("known-prefix", prefix, Hour), Limit.Count("known-prefix", prefix, Day), Limit.Count("known-organisation", organisation, Day), Limit.Count("known", "", Day)]
            :
            [
                new Limit("prefix", prefix, rates.PrefixPerHour, Hour),
                new Limit("prefix", prefix, rates.PrefixPerDay, Day),
                new Limit("organisation", organisation, rates.OrganisationPerDay, Day),
                new Limit("budget", "", rates.BudgetPerDay, Day),
            ];
    }

    private static Limit[] Three(string name, string value, int perTenMinutes, int perHour, int perDay) =>
        [new Limit(name, value, perTenMinutes, Counters.TenMinutes), new Limit(name, value, perHour, Hour), new Limit(name, value, perDay, Day)];

    [LoggerMessage(1, LogLevel.Warning, "A PIN to an unknown number is withheld: {Reason} is used up")]
    private static partial void Withheld(ILogger logger, string reason);
}
