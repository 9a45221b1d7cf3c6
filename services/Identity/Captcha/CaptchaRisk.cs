using Microsoft.Extensions.Options;
using Ums.Identity.Limits;

namespace Ums.Identity.Captcha;

/// <summary>How much dearer a challenge becomes: twice for every so many PINs that its network has asked for lately, four times while PINs are being guessed.</summary>
internal sealed class CaptchaRisk(IOptions<CaptchaOptions> options)
{
    /// <summary>The counters that <see cref="Factor"/> wants to know.</summary>
    public static Limit[] Watched(string network) => [Counters.Network(network, int.MaxValue, Counters.TenMinutes), Counters.FailedChecks];

    public int Factor(int[] used)
    {
        var doublings = Math.Min(used[0] / options.Value.CalmPerNetwork, 10);
        var guessing = (used[1] / options.Value.CalmGuesses) switch { >= 10 => 16, >= 1 => 4, _ => 1 };
        return Math.Min((1 << doublings) * guessing, options.Value.WorstFactor);
    }
}
