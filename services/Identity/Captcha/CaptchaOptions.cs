namespace Ums.Identity.Captcha;

/// <summary>Section <c>Captcha</c> of the configuration.</summary>
internal sealed class CaptchaOptions
{
    /// <summary><c>altcha</c>, our own proof of work, or <c>recaptcha</c>, which sends residents' addresses to Google.</summary>
    public string Provider { get; set; } = "altcha";

    /// <summary>Key derivations that a browser makes for one challenge at least, and twice that at most; some 700 are half a second on a telephone.</summary>
    public int Work { get; set; } = 500;

    /// <summary>PBKDF2 iterations of each derivation. Making a challenge costs the server one.</summary>
    public int Cost { get; set; } = 1_000;

    /// <summary>PINs that a network may have asked for in ten minutes before its work doubles, and doubles again with each as many.</summary>
    public int CalmPerNetwork { get; set; } = 20;

    /// <summary>Wrong PINs an hour, in all, before everybody's work grows fourfold; at ten times as many, sixteenfold.</summary>
    public int CalmGuesses { get; set; } = 1_000;

    /// <summary>The work never grows beyond so many times.</summary>
    public int WorstFactor { get; set; } = 16;

    /// <summary>reCAPTCHA's public key.</summary>
    public string SiteKey { get; set; } = "";

    /// <summary>reCAPTCHA's secret.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Where reCAPTCHA's answers are checked.</summary>
    public Uri VerifyAddress { get; set; } = new("https://www.google.com/recaptcha/api/siteverify");
}
