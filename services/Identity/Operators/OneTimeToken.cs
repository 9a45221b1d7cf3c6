using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ums.Identity.Operators;

/// <summary>256 random bits that are handed out once; what is kept is a hash, which needs neither salt nor work for a secret of that size.</summary>
internal static class OneTimeToken
{
    private const int Bytes = 32;
    private const int Length = 43;

    public static (string Token, byte[] Hash) Make()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return (token, Hash(token));
    }

    /// <returns>Null for what cannot be one.</returns>
    public static byte[]? Read(string? token) => token is { Length: Length } && Base64Url.IsValid(token) ? Hash(token) : null;

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
