using System.Text.Json.Serialization;

namespace Ums.Notifier.Texts;

[JsonConverter(typeof(JsonStringEnumConverter<SmsEncoding>))]
public enum SmsEncoding
{
    [JsonStringEnumMemberName("gsm7")]
    Gsm7,

    [JsonStringEnumMemberName("ucs2")]
    Ucs2,
}

/// <param name="Units">Septets, or UTF-16 units.</param>
/// <param name="Parts">What the provider sends and charges.</param>
internal readonly record struct SmsSize(SmsEncoding Encoding, int Units, int Parts);

/// <param name="Units">Septets, or UTF-16 units.</param>
public sealed record SmsPart(string Text, int Units)
{
    /// <summary>Tells no text: it may be secret.</summary>
    public override string ToString() => nameof(SmsPart);
}

/// <summary>
/// Divides an SMS exactly as the network does (3GPP TS 23.038 and 23.040): one character outside the GSM alphabet turns the whole text into UCS-2, and neither an
/// escape sequence nor a surrogate pair is cut by the border between two parts.
/// </summary>
/// <param name="UnitsLeft">What still fits into the last part.</param>
internal sealed record SmsText(SmsEncoding Encoding, int Units, IReadOnlyList<SmsPart> Parts, int UnitsLeft)
{
    /// <summary>What one GSM-7 part holds where it is the only one.</summary>
    public const int OnePart = 160;

    public static SmsSize Count(string text)
    {
        var sms = Of(text);
        return new SmsSize(sms.Encoding, sms.Units, sms.Parts.Count);
    }

    public static SmsText Of(string text) => GsmAlphabet.Holds(text)
        ? Divide(text, SmsEncoding.Gsm7, single: OnePart, many: 153)
        : Divide(text, SmsEncoding.Ucs2, single: 70, many: 67);

    private static SmsText Divide(string text, SmsEncoding encoding, int single, int many)
    {
        var parts = new List<SmsPart>();
        var (units, start, filled) = (0, 0, 0);
        for (var i = 0; i < text.Length;)
        {
            var (length, width) = Next(text, i, encoding);
            if (filled + width > many)
            {
                parts.Add(new SmsPart(text[start..i], filled));
                (start, filled) = (i, 0);
            }
            (units, filled, i) = (units + width, filled + width, i + length);
        }
        parts.Add(new SmsPart(text[start..], filled));
        return units <= single
            ? new SmsText(encoding, units, [new SmsPart(text, units)], single - units)
            : new SmsText(encoding, units, parts, many - filled);
    }

    /// <summary>What must stay together at this place: how many characters it is, and how many units it takes.</summary>
    private static (int Length, int Width) Next(string text, int at, SmsEncoding encoding) => encoding == SmsEncoding.Gsm7
        ? (1, GsmAlphabet.Septets(text[at]))
        : char.IsSurrogatePair(text, at) ? (2, 2) : (1, 1);
}
