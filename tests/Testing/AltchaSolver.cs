using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ums.Testing;

/// <summary>Does the work that ALTCHA's widget does in a browser.</summary>
public static class AltchaSolver
{
    private const int KeyLength = 32;

    /// <param name="challenge">As GET /api/captcha gave it.</param>
    /// <returns>What goes into the form.</returns>
    public static string Solve(JsonElement challenge)
    {
        var (counter, key) = Find(challenge);
        return Encode(challenge, counter, key);
    }

    /// <summary>How much work the challenge is.</summary>
    public static int Counter(JsonElement challenge) => Find(challenge).Counter;

    public static string Encode(JsonElement challenge, int counter, string derivedKey) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { challenge, solution = new { counter, derivedKey, time = 12.3 } })));

    private static (int Counter, string Key) Find(JsonElement challenge)
    {
        var terms = challenge.GetProperty("parameters");
        var nonce = Convert.FromHexString(terms.GetProperty("nonce").GetString()!);
        var salt = Convert.FromHexString(terms.GetProperty("salt").GetString()!);
        var prefix = terms.GetProperty("keyPrefix").GetString()!;
        for (var counter = 0; ; counter++)
        {
            var key = Derive(nonce, salt, counter, terms.GetProperty("cost").GetInt32());
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                return (counter, key);
        }
    }

    private static string Derive(byte[] nonce, byte[] salt, int counter, int cost)
    {
        var password = new byte[nonce.Length + sizeof(uint)];
        nonce.CopyTo(password, 0);
        BinaryPrimitives.WriteUInt32BigEndian(password.AsSpan(nonce.Length), (uint)counter);
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(password, salt, cost, HashAlgorithmName.SHA256, KeyLength));
    }
}
