using System.Globalization;
using System.Text;

namespace Ums.Contacts.Contacts;

/// <summary>Reads what people type about themselves. Each method gives the clean value, or the word for what is wrong with it.</summary>
internal static class PersonFields
{
    private const int LongestName = 100;
    private const int OldestYears = 130;

    /// <summary>Any script and any sign that people write names with, kept exactly, in NFC. Only what cannot be written is refused.</summary>
    public static (string? Value, string? Fault) Name(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, "required");
        }
        if (text.Length > LongestName * 4)
        {
            return (null, "too-long");
        }
        string name;
        try
        {
            name = text.Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return (null, "bad-characters");
        }
        return name switch
        {
            _ when name.EnumerateRunes().Any(CannotBeWritten) => (null, "bad-characters"),
            { Length: > LongestName } => (null, "too-long"),
            _ => (name, null),
        };
    }

    /// <summary>YYYYMMDD, a day that has been.</summary>
    public static (DateOnly? Value, string? Fault) BirthDate(string? text, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, "required");
        }
        var isDate = DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        return isDate && date <= today && date > today.AddYears(-OldestYears) ? (date, null) : (null, "not-a-date");
    }

    /// <summary>Ten digits, with or without the hyphen, the last of which checks the others (Luhn).</summary>
    public static (string? Value, string? Fault) OrganisationNumber(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, "required");
        }
        var digits = text.Trim().Replace("-", "", StringComparison.Ordinal);
        // The third digit of an organisation number is two or more, which sets it apart from a person's.
        var isNumber = digits.Length == 10 && digits.All(char.IsAsciiDigit) && digits[2] >= '2' && LuhnSum(digits) % 10 == 0;
        return isNumber ? (digits, null) : (null, "not-an-organisation-number");
    }

    private static int LuhnSum(string digits) => digits.Select((digit, place) => (digit - '0') * (2 - place % 2)).Sum(product => product / 10 + product % 10);

    // Control signs, line breaks, and the overrides that turn the text around them.
    private static bool CannotBeWritten(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;
}
