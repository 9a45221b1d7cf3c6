using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Identity.Askers;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

/// <param name="Number">Somebody has signed in with this number before.</param>
/// <param name="Browser">In this browser, even.</param>
/// <param name="Asker">In this browser or from this network.</param>
internal sealed record Trusted(bool Number, bool Browser, bool Asker);

/// <summary>Remembers successful sign-ins as keyed hashes, so that limits meant for attackers leave residents alone.</summary>
internal sealed class Trust(NpgsqlDataSource source, IdentityDb db, PersonalData personal)
{
    /// <summary>A sign-in is forgotten after this.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    public Task<Trusted> OfAsync(PhoneNumber phone, Asker asker, CancellationToken cancellationToken)
    {
        var keys = KeysOf(phone, asker);
        return db.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            await using var command = source.CreateCommand("select position from unnest($1) with ordinality as t (key, position) join trust using (key)");
            command.Parameters.Add(new() { Value = keys });
            var found = new bool[keys.Length];
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
            {
                found[reader.GetInt64(0) - 1] = true;
            }
            return new Trusted(found[0], found[1], found[1] || found[2]);
        }, cancellationToken);
    }

    /// <summary>Within the transaction that consumes the PIN.</summary>
    public Task RecordAsync(PhoneNumber phone, Asker asker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that two sign-ins of one number never wait for each other crosswise.
        var keys = KeysOf(phone, asker).OrderBy(Convert.ToHexString, StringComparer.Ordinal).ToArray();
        return db.Database.ExecuteSqlAsync($"""
            insert into trust (key, seen_at) select key, {now} from unnest({keys}) as t (key)
            on conflict (key) do update set seen_at = excluded.seen_at
            """, cancellationToken);
    }

    private byte[][] KeysOf(PhoneNumber phone, Asker asker) =>
    [
        personal.Index(Guid.Empty, $"trust|{phone.E164}"),
        personal.Index(Guid.Empty, $"trust|{phone.E164}|{Convert.ToHexString(asker.Browser)}"),
        personal.Index(Guid.Empty, $"trust|{phone.E164}|{asker.Network}"),
    ];
}
