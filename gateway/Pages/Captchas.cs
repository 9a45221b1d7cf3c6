using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages;

/// <summary>Which captcha Identity is set to, kept for a minute. Where that cannot be learnt it is our own, which needs nothing of anybody else.</summary>
internal sealed class Captchas(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>How long anybody waits for news of what is known; the same page has other calls to make.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile Known? known;

    /// <returns>Google's public key for this site; null where Google has no part in it.</returns>
    public async Task<string?> RecaptchaKeyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known is { } kept && now - kept.At < Fresh)
        {
            return kept.Key;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (known is not null)
        {
            patience.CancelAfter(Patience);
        }
        try
        {
            using var scope = scopes.CreateScope();
            var captcha = await scope.ServiceProvider.GetRequiredService<IdentityClient>().CaptchaAsync(patience.Token);
            var key = captcha is { Provider: "recaptcha", SiteKey.Length: > 0 } ? captcha.SiteKey : null;
            known = new Known(key, now);
            return key;
        }
        catch (Exception e) when (e is ServiceAwayException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return known?.Key;
        }
    }

    private sealed record Known(string? Key, DateTimeOffset At);
}
