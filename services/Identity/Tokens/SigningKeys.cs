using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Tokens;

/// <summary>
/// The keys that sign tokens, in the database, sealed with <c>Keys:Tokens</c>: every replica has the same, and a restart changes nothing. A key is published
/// for a while before it signs and long after it has stopped, so nobody meets a token of a key that they cannot know.
/// </summary>
internal sealed partial class SigningKeys(NpgsqlDataSource source, IConfiguration configuration, TimeProvider clock, ILogger<SigningKeys> log)
{
    /// <summary>A key signs for so long.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromDays(30);

    /// <summary>A new key is published so long before it signs.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromHours(1);

    /// <summary>An old key is published so long after its successor came; no token lives nearly as long.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private readonly byte[] wrap = configuration.Required("Tokens");
    private Key[] keys = [];
    private List<string> announced = [];

    /// <summary>All keys that are published, the one that signs first.</summary>
    public IReadOnlyList<SigningCredentials> Credentials => [.. InOrder(keys, clock.GetUtcNow()).Select(key => key.Credentials)];

    /// <summary>Reads the keys, and makes one where there is none or the newest has grown old.</summary>
    /// <returns>Whether the keys, or which of them signs, have changed since the last time.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var read = await ReadAsync(connection, cancellationToken);
        if (IsDue(read, now))
        {
            // Of replicas that find this at once, the first makes the key and the others read it.
            await using var alone = new NpgsqlCommand("lock table signing_keys in share row exclusive mode", connection);
            await alone.ExecuteNonQueryAsync(cancellationToken);
            if (IsDue(await ReadAsync(connection, cancellationToken), now))
            {
                await MakeAsync(connection, now, cancellationToken);
            }
            read = await ReadAsync(connection, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        keys = read;
        var before = announced;
        announced = [.. Credentials.Select(credentials => credentials.Kid)];
        return !before.SequenceEqual(announced);
    }

    /// <summary>The newest key that has been published long enough signs; the very first signs at once.</summary>
    internal static IEnumerable<Key> InOrder(IEnumerable<Key> keys, DateTimeOffset now)
    {
        var newestFirst = keys.OrderByDescending(key => key.CreatedAt).ToArray();
        var signs = newestFirst.FirstOrDefault(key => key.CreatedAt + Lead <= now) ?? newestFirst.LastOrDefault();
        return newestFirst.OrderByDescending(key => key == signs);
    }

    private static bool IsDue(Key[] keys, DateTimeOffset now) => keys.Length == 0 || keys.Max(key => key.CreatedAt) + Rotation <= now;

    private async Task<Key[]> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id, created_at, sealed from signing_keys order by created_at", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var read = new List<Key>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            if ((keys.FirstOrDefault(key => key.Id == id) ?? Open(id, reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<byte[]>(2))) is { } known)
            {
                read.Add(known);
            }
        }
        return [.. read];
    }

    /// <returns>Null for a key sealed with another <c>Keys:Tokens</c>: whoever changes that begins with new keys, and all tokens end.</returns>
    private Key? Open(Guid id, DateTimeOffset createdAt, byte[] box)
    {
        byte[] plain;
        try
        {
            plain = SealedBox.Open(wrap, box, id.ToByteArray());
        }
        catch (CryptographicException)
        {
            Foreign(log, id);
            return null;
        }
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(plain, out _);
        CryptographicOperations.ZeroMemory(plain);
        return new Key(id, createdAt, new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = id.ToString("N") }, SecurityAlgorithms.EcdsaSha256));
    }

    private async Task MakeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.CreateVersion7();
        var plain = ecdsa.ExportPkcs8PrivateKey();
        await using var insert = new NpgsqlCommand("""
            with old as (delete from signing_keys where created_at < $2 - $4)
            insert into signing_keys (id, created_at, sealed) values ($1, $2, $3)
            """, connection);
        insert.Parameters.Add(new() { Value = id });
        insert.Parameters.Add(new() { Value = now });
        insert.Parameters.Add(new() { Value = SealedBox.Seal(wrap, plain, id.ToByteArray()) });
        insert.Parameters.Add(new() { Value = Rotation + Rotation + Overlap });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        CryptographicOperations.ZeroMemory(plain);
    }

    [LoggerMessage(1, LogLevel.Warning, "The signing key {Id} is not sealed with this service's Keys:Tokens and is left alone")]
    private static partial void Foreign(ILogger logger, Guid id);

    internal sealed record Key(Guid Id, DateTimeOffset CreatedAt, SigningCredentials Credentials);
}
