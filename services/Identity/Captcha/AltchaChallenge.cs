using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ums.Identity.Captcha;

/// <summary>
/// The challenge of ALTCHA's widget 3: find the counter for which PBKDF2(nonce + counter, salt) begins with the prefix. The server picked the counter, so it
/// knows the key that will be found; half of it is the prefix, and the whole stands in the challenge signed, unreadable.
/// </summary>
internal sealed record AltchaChallenge(AltchaChallenge.Terms Parameters, string Signature)
{
    /// <summary>Which captcha this is, for the page that shows it. Not signed, and not looked at in an answer.</summary>
    public string Provider { get; } = "altcha";

    public const string Algorithm = "PBKDF2/SHA-256";
    private const int KeyLength = 32;
    private const int PrefixLength = KeyLength / 2;

    /// <summary>In the order of the alphabet, which is the order of the signed text.</summary>
    public sealed record Terms(
        string Algorithm, int Cost, Binding Data, long ExpiresAt, int KeyLength, string KeyPrefix, string KeySignature, string Nonce, string Salt);

    /// <param name="Action">What the answer is good for.</param>
    /// <param name="Browser">Whose answer it is.</param>
    public sealed record Binding(string Action, string Browser);

    public sealed record Solution(int Counter, string? DerivedKey);

    public sealed record Answer(AltchaChallenge? Challenge, Solution? Solution);

    public static AltchaChallenge Make(AltchaKeys keys, int cost, int counter, Binding binding, DateTimeOffset expiresAt)
    {
        var (nonce, salt) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));
        var key = Derive(nonce, salt, counter, cost);
        var terms = new Terms(
            Algorithm, cost, binding, expiresAt.ToUnixTimeSeconds(), KeyLength, Convert.ToHexStringLower(key.AsSpan(0, PrefixLength)),
            Convert.ToHexStringLower(HMACSHA256.HashData(keys.Key, key)), Convert.ToHexStringLower(nonce), Convert.ToHexStringLower(salt));
        return new AltchaChallenge(terms, Convert.ToHexStringLower(Sign(keys, terms)));
    }

    /// <summary>Whether these are our terms, unaltered, and the work was done. Costs two hashes, so a flood of false answers costs little.</summary>
    public bool IsSolvedBy(Solution solution, AltchaKeys keys) =>
        SameHex(Signature, Sign(keys, Parameters))
        && solution.DerivedKey is { Length: KeyLength * 2 } derived && derived.All(char.IsAsciiHexDigitLower)
        && SameHex(Parameters.KeySignature, HMACSHA256.HashData(keys.Key, Convert.FromHexString(derived)));

    public static byte[] Derive(byte[] nonce, byte[] salt, int counter, int cost)
    {
        var password = new byte[nonce.Length + sizeof(uint)];
        nonce.CopyTo(password, 0);
        BinaryPrimitives.WriteUInt32BigEndian(password.AsSpan(nonce.Length), (uint)counter);
        return Rfc2898DeriveBytes.Pbkdf2(password, salt, cost, HashAlgorithmName.SHA256, KeyLength);
    }

    private static byte[] Sign(AltchaKeys keys, Terms terms) => HMACSHA256.HashData(keys.Terms, JsonSerializer.SerializeToUtf8Bytes(terms, AltchaJson.Default.Terms));

    private static bool SameHex(string? hex, byte[] bytes) =>
        hex is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(hex), System.Text.Encoding.UTF8.GetBytes(Convert.ToHexStringLower(bytes)));
}

/// <summary>Two keys, both derived from <c>Keys:Captcha</c>: for the terms and for the key to be found.</summary>
internal sealed record AltchaKeys(byte[] Terms, byte[] Key)
{
    public static AltchaKeys From(byte[] master) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: "ums captcha terms 1"u8.ToArray()),
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: "ums captcha key 1"u8.ToArray()));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AltchaChallenge.Terms))]
[JsonSerializable(typeof(AltchaChallenge.Answer))]
internal sealed partial class AltchaJson : JsonSerializerContext;
