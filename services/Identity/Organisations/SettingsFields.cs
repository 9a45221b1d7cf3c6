using System.Text.RegularExpressions;
using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Organisations;

/// <summary>What each of an organisation's settings may be.</summary>
internal static partial class SettingsFields
{
    private const int MostCodes = 400;
    private const int MostCategories = 20;
    private const int LongestCategory = 40;

    /// <returns>Field names to what is wrong with them; empty where all will do.</returns>
    public static Dictionary<string, string[]> Errors(ChangeSettings.Request request)
    {
        var errors = new Dictionary<string, string[]>();
        Require("name", IsText(request.Name, 100), "one-to-hundred-letters");
        Require("municipalityCodes", request.MunicipalityCodes is { Length: > 0 and <= MostCodes } codes && codes.All(IsCode) && codes.Distinct().Count() == codes.Length, "not-municipality-codes");
        Require("smsSenderName", request.SmsSenderName is { } sender && Sender().IsMatch(sender), "three-to-eleven-letters-and-digits");
        Require("voiceCallerId", PhoneNumber.TryParse(request.VoiceCallerId ?? "", norwegian: true, out var number, out _) && number!.E164 == request.VoiceCallerId, "not-a-number-in-e164");
        Require("language", request.Language is "sv" or "nb" or "en", "sv-nb-or-en");
        Require("categories", request.Categories is { Length: > 0 and <= MostCategories } categories && categories.All(one => IsText(one, LongestCategory))
            && categories.Distinct(StringComparer.OrdinalIgnoreCase).Count() == categories.Length, "one-to-twenty-different-names");
        return errors;

        void Require(string field, bool right, string fault)
        {
            if (!right)
            {
                errors[field] = [fault];
            }
        }
    }

    private static bool IsText(string? text, int longest) => text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= longest && !trimmed.Any(char.IsControl);

    private static bool IsCode(string? code) => code is { Length: 4 } && code.All(char.IsAsciiDigit);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,10}$(?!\n)")]
    private static partial Regex Sender();
}
