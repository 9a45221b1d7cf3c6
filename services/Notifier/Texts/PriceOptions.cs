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

    /// <summary>A call that is answered, or rings in vain.</summary>
    public decimal Call { get; set; } = 1.00m;

    /// <summary>What an alert of so many parts and calls costs an organisation.</summary>
    public decimal Alert(Guid organisation, int parts, int calls) => (parts * SmsPartOf.GetValueOrDefault(organisation.ToString(), SmsPart)) + (calls * Call);

    /// <param name="user">Whose organisation's price it is; one without an organisation is told the usual price.</param>
    public decimal Sms(int parts, ClaimsPrincipal user) =>
        parts * (user.FindFirstValue(Claims.Organisation) is { } organisation ? SmsPartOf.GetValueOrDefault(organisation, SmsPart) : SmsPart);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (organisation, price) in SmsPartOf.Append(new(nameof(SmsPart), SmsPart)).Append(new(nameof(Call), Call)))
        {
            if (price is < 0 or > 100)
            {
                yield return new ValidationResult($"{Section}: the price of {organisation} is {price} kronor; give 0 to 100.");
            }
            if (organisation is not nameof(SmsPart) and not nameof(Call) && !Guid.TryParseExact(organisation, "D", out _))
            {
                yield return new ValidationResult($"{Section}:{nameof(SmsPartOf)}:{organisation} is not the id of an organisation.");
            }
        }
    }
}
