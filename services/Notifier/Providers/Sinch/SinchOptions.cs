using System.Buffers.Text;
using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Sinch;

/// <summary>Section <c>Providers:Sinch</c> of the configuration. SMS and calls are two products with credentials of their own.</summary>
internal sealed class SinchOptions
{
    public const string Section = $"{ProviderOptions.Section}:Sinch";

    /// <summary>The service plan of SMS.</summary>
    public string ServicePlanId { get; set; } = "";

    /// <summary>The plan's API token.</summary>
    public string ApiToken { get; set; } = "";

    /// <summary>Who an SMS is from where the organisation's own name cannot be shown: up to eleven letters and digits, or a number.</summary>
    public string Sender { get; set; } = "UMS";

    /// <summary>Of the SMS API in the account's region, with a trailing slash.</summary>
    public Uri Address { get; set; } = new("https://eu.sms.api.sinch.com/xms/v1/");

    /// <summary>The application of calls. Without it, Sinch makes none.</summary>
    public string ApplicationKey { get; set; } = "";

    /// <summary>In base64; also what Sinch signs the events of calls with.</summary>
    public string ApplicationSecret { get; set; } = "";

    /// <summary>A number of the account that may call, in E.164: shown where the organisation has none.</summary>
    public string CallerId { get; set; } = "";

    /// <summary>Of the calling API in the account's region, with a trailing slash.</summary>
    public Uri CallingAddress { get; set; } = new("https://calling-euc1.api.sinch.com/calling/v1/");

    public bool Calls => ApplicationKey.Length > 0;

    /// <exception cref="InvalidOperationException">Something is missing or cannot be; the message says what, never a secret.</exception>
    public static SinchOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<SinchOptions>() ?? new SinchOptions();
        var wrong = options switch
        {
            _ when options.ServicePlanId.Length == 0 || !options.ServicePlanId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') =>
                "ServicePlanId is not set: give the service plan's id.",
            { ApiToken: "" } => "ApiToken is not set: give the service plan's token.",
            { Calls: true, CallerId: "" } => "CallerId is not set: give a number to call from.",
            { Calls: true } when options.ApplicationSecret.Length == 0 || !Base64.IsValid(options.ApplicationSecret) =>
                "ApplicationSecret is not set: give the application's secret in base64.",
            _ => SenderId.Wrong(options.Sender, options.CallerId)
                ?? (ProviderHttpSetup.IsFit(options.Address) && ProviderHttpSetup.IsFit(options.CallingAddress) ? null : ProviderHttpSetup.Unfit),
        };
        return wrong is null ? options : throw new InvalidOperationException($"{Section}:{wrong}");
    }
}
