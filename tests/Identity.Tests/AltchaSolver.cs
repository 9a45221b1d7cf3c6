using System.Text;
using System.Text.Json;
using Ums.Identity.Captcha;

namespace Ums.Identity.Tests;

/// <summary>Does the work that the widget does in a browser.</summary>
internal static class AltchaSolver
{
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
            var key = Convert.ToHexStringLower(AltchaChallenge.Derive(nonce, salt, counter, terms.GetProperty("cost").GetInt32()));
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                return (counter, key);
        }
    }
}
