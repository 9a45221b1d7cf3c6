using PhoneNumbers;

namespace Ums.ServiceDefaults.Phones;

public enum PhoneKind
{
    Mobile,
    Landline,
}

/// <summary>Why a text is not a number that we reach people on.</summary>
public enum PhoneRefusal
{
    /// <summary>Not a telephone number at all.</summary>
    NotANumber,

    /// <summary>A number, but foreign, premium, shared cost, freephone, paging or short.</summary>
    NotAllowed,
}

/// <summary>
/// A Swedish (or, where allowed, Norwegian) mobile, geographic or 010 number. Its text form is masked, so that no log or trace can hold it by accident;
/// <see cref="E164"/> must be asked for.
/// </summary>
public sealed class PhoneNumber : IEquatable<PhoneNumber>
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private PhoneNumber(string e164, PhoneKind kind) => (E164, Kind) = (e164, kind);

    /// <summary>Such as <c>+46701740605</c>.</summary>
    public string E164 { get; }

    public PhoneKind Kind { get; }

    /// <summary>As a Swede writes it, such as <c>070-174 06 05</c>; a Norwegian number with its country code.</summary>
    public string National => Library.Format(Library.Parse(E164, null), E164.StartsWith("+46", StringComparison.Ordinal)
        ? PhoneNumberFormat.NATIONAL
        : PhoneNumberFormat.INTERNATIONAL);

    /// <summary>Reads what people type: 070-174 06 05, 0046…, +46 (0)70…, with spaces, dashes and dots.</summary>
    /// <param name="norwegian">Whether the organisation also reaches Norwegian numbers.</param>
    public static bool TryParse(string? text, bool norwegian, out PhoneNumber? number, out PhoneRefusal refusal)
    {
        (number, refusal) = (null, PhoneRefusal.NotANumber);
        // Nearly all of a register or a long list; the library takes a hundred times as long to say the same.
        if (text is ['+', '4', '6', '7', '0' or '2' or '3' or '6' or '9', ..] && text.Length == 12 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            number = new PhoneNumber(text, PhoneKind.Mobile);
            return true;
        }
        if (text is null || text.Length > 40 || text.Any(char.IsLetter))
        {
            return false;
        }
        PhoneNumbers.PhoneNumber parsed;
        try
        {
            parsed = Library.Parse(text.Replace("(0)", "", StringComparison.Ordinal), "SE");
        }
        catch (NumberParseException)
        {
            return false;
        }
        var e164 = Library.Format(parsed, PhoneNumberFormat.E164);
        if (!Library.IsPossibleNumber(parsed) && parsed.CountryCode is 46 or 47)
        {
            return false;
        }
        refusal = PhoneRefusal.NotAllowed;
        var kind = parsed.CountryCode switch
        {
            46 => SwedishKind(e164[3..]),
            47 when norwegian => NorwegianKind(parsed),
            _ => null,
        };
        if (kind is null)
        {
            return false;
        }
        number = new PhoneNumber(e164, kind.Value);
        return true;
    }

    /// <summary>A number that we wrote ourselves.</summary>
    /// <exception cref="FormatException">It is not one of ours.</exception>
    public static PhoneNumber Parse(string e164) =>
        TryParse(e164, norwegian: true, out var number, out _) ? number! : throw new FormatException("Not a telephone number in E.164.");

    public bool Equals(PhoneNumber? other) => other?.E164 == E164;

    public override bool Equals(object? obj) => Equals(obj as PhoneNumber);

    public override int GetHashCode() => E164.GetHashCode(StringComparison.Ordinal);

    /// <summary>Masked: <c>+4670•••••05</c>.</summary>
    public override string ToString() => $"{E164[..5]}{new string('•', E164.Length - 7)}{E164[^2..]}";

    /// <summary>By PTS's number plan: mobile 70, 72, 73, 76, 79; location-independent 10; geographic by what the library knows. All else costs someone money.</summary>
    private static PhoneKind? SwedishKind(string national) => national switch
    {
        ['7', '0' or '2' or '3' or '6' or '9', ..] => national.Length == 9 ? PhoneKind.Mobile : null,
        ['1', '0', ..] => national.Length == 9 ? PhoneKind.Landline : null,
        _ => SwedishGeographic(national),
    };

    private static PhoneKind? SwedishGeographic(string national) =>
        national.Length is >= 7 and <= 9 && Library.GetNumberType(Library.Parse("+46" + national, null)) == PhoneNumberType.FIXED_LINE ? PhoneKind.Landline : null;

    private static PhoneKind? NorwegianKind(PhoneNumbers.PhoneNumber parsed) => Library.GetNumberType(parsed) switch
    {
        PhoneNumberType.MOBILE => PhoneKind.Mobile,
        PhoneNumberType.FIXED_LINE => PhoneKind.Landline,
        _ => null,
    };
}
