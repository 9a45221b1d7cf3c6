using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Twilio;

/// <summary>Section <c>Providers:Twilio</c> of the configuration.</summary>
internal sealed class TwilioOptions
{
    public const string Section = $"{ProviderOptions.Section}:Twilio";

    /// <summary>Begins with AC.</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>Also what Twilio signs its reports with.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>Who an SMS is from where the organisation's own name cannot be shown: up to eleven letters and digits, or a number.</summary>
    public string Sender { get; set; } = "UMS";

    /// <summary>A number of the account that may call, in E.164: shown where the organisation has none. Without it, Twilio makes no calls.</summary>
    public string CallerId { get; set; } = "";

    /// <summary>Asks Twilio to keep neither texts nor whole numbers, which the account must be entitled to.</summary>
    public bool Discard { get; set; } = true;

    /// <summary>Of the API, with a trailing slash.</summary>
    public Uri Address { get; set; } = new("https://api.twilio.com/");

    /// <exception cref="InvalidOperationException">Something is missing or cannot be; the message says what, never a secret.</exception>
    public static TwilioOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TwilioOptions>() ?? new TwilioOptions();
        var wrong = options switch
        {
            _ when !options.AccountSid.StartsWith("AC", StringComparison.Ordinal) || !options.AccountSid.All(char.IsAsciiLetterOrDigit) =>
                "AccountSid is not set: give the account's SID, which begins with AC.",
            { AuthToken: "" } => "AuthToken is not set: give the account's primary token.",
            _ => SenderId.Wrong(options.Sender, options.CallerId) ?? (ProviderHttpSetup.IsFit(options.Address) ? null : ProviderHttpSetup.Unfit),
        };
        return wrong is null ? options : throw new InvalidOperationException($"{Section}:{wrong}");
    }
}
