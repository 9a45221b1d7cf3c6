using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ums.Identity.Captcha;

namespace Ums.Identity.Tests;

/// <summary>For tests with thousands of requests: every captcha passes that says <see cref="Pass"/>, and the clock stands still.</summary>
public class CrowdFixture : IdentityFixture
{
    public const string Pass = "pass";

    /// <summary>The verifier cannot be reached.</summary>
    public const string Away = "away";

    protected override void ConfigureServices(IServiceCollection services)
    {
        base.ConfigureServices(services);
        services.RemoveAll<ICaptcha>();
        services.AddSingleton<ICaptcha, Doorman>();
    }

    private sealed class Doorman : ICaptcha
    {
        public Task<object> ChallengeAsync(byte[] browser, string network, CancellationToken cancellationToken) => Task.FromResult<object>(new { });

        public Task<CaptchaVerdict> VerifyAsync(string answer, byte[]? browser, CancellationToken cancellationToken) => Task.FromResult(answer switch
        {
            Pass => CaptchaVerdict.Passed,
            Away => CaptchaVerdict.Unavailable,
            _ => CaptchaVerdict.Failed,
        });
    }
}
