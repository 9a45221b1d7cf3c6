using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Notifier.Texts;

/// <summary>Section <c>Prices</c> of the configuration: in Swedish kronor, without tax.</summary>
internal sealed class PriceOptions : IValidatableObject
{
    public const string Section = "Prices";
    public const string Currency = "SEK";

    /// <summary>One part of an SMS.</summary>
    public decimal SmsPart { get; set; } = 0.50m;

    /// <summary>The same for an organisation with a price of its own, by its id.</summary>
    public Dictionary<string, decimal> SmsPartOf { get; } = [];

    /// <param name="user">Whose organisation's price it is; one without an organisation is told the usual price.</param>
    public decimal Sms(int parts, ClaimsPrincipal user) =>
        parts * (user.FindFirstValue(Claims.Organisation) is { } organisation ? SmsPartOf.GetValueOrDefault(organisation, SmsPart) : SmsPart);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (organisation, price) in SmsPartOf.Append(new(nameof(SmsPart), SmsPart)))
        {
            if (price is < 0 or > 100)
            {
                yield return new ValidationResult($"{Section}: the price of {organisation} is {price} kronor; give 0 to 100.");
            }
            if (organisation != nameof(SmsPart) && !Guid.TryParseExact(organisation, "D", out _))
            {
                yield return new ValidationResult($"{Section}:{nameof(SmsPartOf)}:{organisation} is not the id of an organisation.");
            }
        }
    }
}
