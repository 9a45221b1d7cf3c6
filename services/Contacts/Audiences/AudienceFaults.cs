using System.Globalization;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.Audiences;

/// <summary>What is wrong with an audience, field by field. It is asked before an audience is counted and again before it is resolved.</summary>
internal static class AudienceFaults
{
    private const int MostAreas = 20;
    private const int MostParts = 5000;
    private const int MostPhones = 100_000;
    private const int LongestStreet = 200;
    private const int HighestNumber = 100_000;

    /// <summary>Lines of the list that are told one by one.</summary>
    private const int MostLines = 100;

    /// <returns>Field to faults, both as the API spells them; empty where all is well.</returns>
    public static Dictionary<string, string[]> Of(Audience? audience)
    {
        var faults = new Dictionary<string, string[]>();
        if (audience is null)
        {
            faults["audience"] = ["required"];
            return faults;
        }
        if (audience.Kind is not (null or "private" or "company"))
        {
            Add("kind", "not-a-kind");
        }
        Each("areas", audience.Areas, MostAreas, AreaFaults.Of);
        Each("streets", audience.Streets, MostParts, OfStreet);
        Each("properties", audience.Properties, MostParts, OfProperty);
        Each("postcodes", audience.Postcodes, MostParts, OfPostcode);
        OfPhones(audience.Phones);
        if (faults.Count == 0 && IsEmpty(audience))
        {
            Add("audience", "nobody");
        }
        return faults;

        void Add(string field, string fault) => faults[field] = [fault];

        void Each<T>(string field, IReadOnlyList<T>? parts, int most, Func<T, string?> faultOf)
        {
            if (parts?.Count > most)
            {
                Add(field, "too-many");
                return;
            }
            for (var i = 0; i < parts?.Count; i++)
            {
                if (faultOf(parts[i]) is { } fault)
                {
                    Add($"{field}[{i}]", fault);
                }
            }
        }

        void OfPhones(IReadOnlyList<string>? phones)
        {
            if (phones?.Count > MostPhones)
            {
                Add("phones", "too-many");
                return;
            }
            var wrong = 0;
            for (var i = 0; i < phones?.Count; i++)
            {
                if (!PhoneNumber.TryParse(phones[i], norwegian: true, out _, out var refusal) && ++wrong <= MostLines)
                {
                    Add($"phones[{i}]", refusal == PhoneRefusal.NotAllowed ? "not-allowed" : "not-a-number");
                }
            }
            if (wrong > MostLines)
            {
                Add("phones", string.Create(CultureInfo.InvariantCulture, $"{wrong} lines are wrong"));
            }
        }
    }

    private static bool IsEmpty(Audience audience) => !audience.Everyone
        && audience is { Areas: null or [], Streets: null or [], Properties: null or [], Postcodes: null or [], Phones: null or [] };

    private static string? OfStreet(AudienceStreet? street) => street switch
    {
        null => "required",
        { MunicipalityCode: not { Length: 4 } } => "not-a-municipality",
        _ when !street.MunicipalityCode.All(char.IsAsciiDigit) => "not-a-municipality",
        _ when string.IsNullOrWhiteSpace(street.Street) => "required",
        { Street.Length: > LongestStreet } => "too-long",
        _ when street.Street.Any(sign => char.IsControl(sign) || char.IsSurrogate(sign)) => "bad-characters",
        { From: < 1 or > HighestNumber } or { To: < 1 or > HighestNumber } => "not-a-number-range",
        _ when street.From > street.To => "not-a-number-range",
        _ => null,
    };

    private static string? OfProperty(AudienceProperty? property) => property switch
    {
        null or { Gnr: null, Bnr: null, Fnr: null, Snr: null } => "required",
        { Gnr: < 0 } or { Bnr: < 0 } or { Fnr: < 0 } or { Snr: < 0 } => "not-a-property",
        // Nought is how a register writes that there is none; alone it would be nearly every house.
        { Gnr: null or 0, Bnr: null or 0, Fnr: null or 0, Snr: null or 0 } => "not-a-property",
        _ => null,
    };

    private static string? OfPostcode(string? postcode) =>
        postcode is { Length: 4 or 5 } && postcode.All(char.IsAsciiDigit) ? null : "not-a-postcode";
}
