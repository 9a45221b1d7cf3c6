using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Ums.Identity.Operators;

/// <summary>Ten codes, each of which stands once for the authenticator that was lost. 80 random bits each, kept as hashes.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 16;
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>New ones in the place of the old, in the context's transaction.</summary>
    /// <returns>To be shown once, as xxxx-xxxx-xxxx-xxxx.</returns>
    public static async Task<string[]> RenewAsync(IdentityDb db, Guid person, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(code => code.OperatorId == person).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length)).ToArray();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { OperatorId = person, CodeHash = Hash(code) }));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    /// <returns>Whether it was one of the person's; it is none any more.</returns>
    public static async Task<bool> UseAsync(IdentityDb db, Guid person, string typed, CancellationToken cancellationToken)
    {
        var code = typed.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (code.Length != Length)
        {
            return false;
        }
        var hash = Hash(code);
        return await db.RecoveryCodes.Where(kept => kept.OperatorId == person && kept.CodeHash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
