using System.ComponentModel.DataAnnotations;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>How a carrier writes a message's id in its receipts, compared with its answer to submit_sm.</summary>
internal enum ReceiptId
{
    Same,

    /// <summary>Hexadecimal in the answer, decimal in the receipt.</summary>
    Decimal,

    /// <summary>Decimal in the answer, hexadecimal in the receipt.</summary>
    Hexadecimal,
}

/// <summary>Section <c>Providers:Smpp</c> of the configuration: an operator's message centre, such as Telia's.</summary>
internal sealed class SmppOptions
{
    public const string Section = $"{ProviderOptions.Section}:Smpp";

    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 3550;

    /// <summary>Off only where another tunnel protects the way: the password and the texts go over it.</summary>
    public bool Tls { get; set; } = true;

    public string SystemId { get; set; } = "";

    /// <summary>Up to eight characters.</summary>
    public string Password { get; set; } = "";

    public string SystemType { get; set; } = "";

    /// <summary>Who an SMS is from where the organisation's own name cannot be shown: up to eleven letters and digits, or a number.</summary>
    public string Sender { get; set; } = "UMS";

    /// <summary>Requests that may await their answers at once, as the contract says.</summary>
    [Range(1, 1000)]
    public int Window { get; set; } = 10;

    /// <summary>Long texts go whole, in message_payload, and the message centre divides them; otherwise we do.</summary>
    public bool Payload { get; set; }

    /// <summary>How ids stand in receipts.</summary>
    public ReceiptId ReceiptId { get; set; }

    /// <summary>After so much silence the message centre is asked whether it is there.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Enquiry { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOperationException">Something is missing or cannot be; the message says what, never a secret.</exception>
    public static SmppOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<SmppOptions>() ?? new SmppOptions();
        var errors = new List<ValidationResult>();
        var wrong = options switch
        {
            { Host: "" } => "Host is not set: give the message centre's host name.",
            _ when !IsText(options.SystemId, 15) || options.SystemId.Length == 0 => "SystemId is not set: give up to fifteen characters.",
            _ when !IsText(options.Password, 8) || options.Password.Length == 0 => "Password is not set: give up to eight characters.",
            _ when !IsText(options.SystemType, 12) => "SystemType is longer than twelve characters.",
            _ when !Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true) => errors[0].ErrorMessage,
            _ => SenderId.Wrong(options.Sender, ""),
        };
        return wrong is null ? options : throw new InvalidOperationException($"{Section}:{wrong}");
    }

    private static bool IsText(string text, int longest) => text.Length <= longest && text.All(c => c is > ' ' and <= '~');
}
