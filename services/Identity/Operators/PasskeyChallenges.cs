using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Operators;

/// <summary>What the handler must remember between the question to a passkey and its answer: with the asker, sealed, for five minutes, and good once.</summary>
internal sealed class PasskeyChallenges(IdentityDb db, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("Tokens"), 32, info: "ums passkey challenge 1"u8.ToArray());

    /// <param name="person">Whose new passkey it is to be; null for a sign-in.</param>
    public string Seal(string? state, Guid? person)
    {
        var kept = new Kept(state ?? "", person, clock.GetUtcNow() + Lifetime);
        return Convert.ToBase64String(SealedBox.Seal(key, JsonSerializer.SerializeToUtf8Bytes(kept), default));
    }

    /// <returns>The handler's state; null where it is not ours, not this person's, too old or used.</returns>
    public async Task<string?> TakeAsync(string? challenge, Guid? person, CancellationToken cancellationToken)
    {
        try
        {
            if (challenge is not { Length: > 0 and < 8000 }
                || JsonSerializer.Deserialize<Kept>(SealedBox.Open(key, Convert.FromBase64String(challenge), default)) is not { } kept
                || kept.Person != person || kept.Until <= clock.GetUtcNow())
            {
                return null;
            }
            var hash = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(challenge));
            return await db.Database.ExecuteSqlAsync(
                $"insert into passkey_challenges_used (hash, expires_at) values ({hash}, {kept.Until}) on conflict do nothing", cancellationToken) == 1 ? kept.State : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private sealed record Kept(string State, Guid? Person, DateTimeOffset Until);
}
