namespace Ums.Identity.Captcha;

internal enum CaptchaVerdict
{
    Passed,
    Failed,

    /// <summary>Could not be checked just now.</summary>
    Unavailable,
}

/// <summary>Tells people from programs, or at least makes programs pay. Which one, <c>Captcha:Provider</c> says.</summary>
internal interface ICaptcha
{
    /// <summary>The answer of a browser without JavaScript, which cannot solve a challenge; limits of its own hold for it.</summary>
    public const string NoScript = "noscript";

    /// <summary>What the page's widget needs, as JSON.</summary>
    /// <param name="browser">Hash of the browser's cookie; the answer is good for this browser only.</param>
    Task<object> ChallengeAsync(byte[] browser, string network, CancellationToken cancellationToken);

    Task<CaptchaVerdict> VerifyAsync(string answer, byte[]? browser, CancellationToken cancellationToken);
}
