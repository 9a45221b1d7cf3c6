using System.Globalization;
using System.Security.Cryptography;

namespace Ums.Identity.Pins;

/// <summary>Six digits, or eight while PINs are being guessed. Its text form is masked, so that no log, trace or message can hold it by accident; <see cref="Digits"/> must be asked for.</summary>
internal sealed class Pin
{
    public const int ShortLength = 6;
    public const int LongLength = 8;

    private Pin(string digits) => Digits = digits;

    public string Digits { get; }

    public static Pin Random(int length = ShortLength) => new(length switch
    {
        ShortLength => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture),
        LongLength => RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(length)),
    });

    /// <summary>What a resident typed: spaces are forgiven, anything else that is not six or eight digits is no PIN.</summary>
    public static Pin? Read(string? typed)
    {
        if (typed is null || typed.Length > 4 * LongLength)
        {
            return null;
        }
        var digits = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length is ShortLength or LongLength && digits.All(char.IsAsciiDigit) ? new Pin(digits) : null;
    }

    public override string ToString() => "••••••";
}
