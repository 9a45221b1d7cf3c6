using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.FortySixElks;

/// <summary>Section <c>Providers:FortySixElks</c> of the configuration.</summary>
internal sealed class FortySixElksOptions
{
    public const string Section = $"{ProviderOptions.Section}:FortySixElks";

    /// <summary>The account's API username.</summary>
    public string Username { get; set; } = "";

    /// <summary>The account's API password.</summary>
    public string Password { get; set; } = "";

    /// <summary>Who an SMS is from where the organisation's own name cannot be shown: up to eleven letters and digits, or a number.</summary>
    public string Sender { get; set; } = "UMS";

    /// <summary>A number of the account that may call, in E.164: shown where the organisation has none. Without it, 46elks makes no calls.</summary>
    public string CallerId { get; set; } = "";

    /// <summary>Of the API, with a trailing slash. The credentials go there, hence HTTPS unless it is this machine.</summary>
    public Uri Address { get; set; } = new("https://api.46elks.com/a1/");

    /// <exception cref="InvalidOperationException">Something is missing or cannot be; the message says what, never a secret.</exception>
    public static FortySixElksOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<FortySixElksOptions>() ?? new FortySixElksOptions();
        var wrong = options switch
        {
            { Username: "" } => "Username is not set: give the API username of the 46elks account.",
            { Password: "" } => "Password is not set: give the API password of the 46elks account.",
            _ when options.Username.Contains(':', StringComparison.Ordinal) => "Username has a colon, which no API username has.",
            _ => SenderId.Wrong(options.Sender, options.CallerId) ?? (ProviderHttpSetup.IsFit(options.Address) ? null : ProviderHttpSetup.Unfit),
        };
        return wrong is null ? options : throw new InvalidOperationException($"{Section}:{wrong}");
    }
}
