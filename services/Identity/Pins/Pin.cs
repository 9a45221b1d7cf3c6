using System.Globalization;
using System.Security.Cryptography;

namespace Ums.Identity.Pins;

/// <summary>Six digits. Its text form is masked, so that no log, trace or message can hold it by accident; <see cref="Digits"/> must be asked for.</summary>
internal sealed class Pin
{
    public const int Length = 6;

    private Pin(string digits) => Digits = digits;

    public string Digits { get; }

    public static Pin Random() => new(RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>What a resident typed: spaces are forgiven, anything else that is not six digits is no PIN.</summary>
    public static Pin? Read(string? typed)
    {
        if (typed is null || typed.Length > 4 * Length)
        {
            return null;
        }
        var digits = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length == Length && digits.All(char.IsAsciiDigit) ? new Pin(digits) : null;
    }

    public override string ToString() => "••••••";
}
