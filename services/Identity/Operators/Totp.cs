using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Ums.Identity.Operators;

/// <summary>Codes that change every half minute (RFC 6238 with SHA-1 and six digits, which is what every authenticator app reads).</summary>
internal static class Totp
{
    public const int SecretLength = 20;
    private const int Seconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Clocks may differ by one step either way.</summary>
    private const int Drift = 1;

    /// <returns>The step that the code belongs to; null for a wrong one.</returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
        {
            return null;
        }
        long? found = null;
        var present = now.ToUnixTimeSeconds() / Seconds;
        for (var step = present - Drift; step <= present + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.ASCII.GetBytes(code)))
            {
                found = step;
            }
        }
        return found;
    }

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // HMAC with SHA-1 is what the apps know, and is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>As apps want it typed.</summary>
    public static string Base32(ReadOnlySpan<byte> secret)
    {
        var text = new char[(secret.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < i * 5 + 5; bit++)
            {
                value = value << 1 | (bit < secret.Length * 8 ? secret[bit / 8] >> (7 - bit % 8) & 1 : 0);
            }
            text[i] = Alphabet[value];
        }
        return new string(text);
    }
}
