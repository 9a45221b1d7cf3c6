using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Ums.Testing;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>
/// PostgreSQL with pg_trgm, as one who knows it would do it: the nearest streets by name, postcode and place in one text (GiST, nearest first), those in the typed
/// postcode and those of exactly that name; of these the best by edit distance and agreeing fields; then the house.
/// </summary>
internal sealed class Trigrams : IEngine
{
    private const string Sql = """
        with typed as (select unnest(@names) as name),
        near as materialized (
            select s.* from (select name, rtrim(concat_ws(' ', name, @postcode, nullif(@place, ''))) as doc from typed) t
            cross join lateral (select id, name, postcode, place, doc from streets order by doc <-> t.doc limit 25) s
            union
            select id, name, postcode, place, doc from streets where postcode = @postcode
            union
            (select id, name, postcode, place, doc from streets where name = any(@names) limit 800)
        ),
        fitted as (
            select n.*, (
                select max(case when starts_with(n.name, t.name) and length(t.name) > 3 then greatest(0.86, length(t.name)::float / length(n.name))
                    else 1 - levenshtein(n.name, left(t.name, 200))::float / greatest(length(n.name), length(t.name), 1) end) from typed t) as name_fit
            from near n
        ),
        best as (
            select f.id, 4 * f.name_fit + 1.2 * similarity(f.doc, @doc)
                + case when @postcode is null then 0 when f.postcode = @postcode then 1 when levenshtein(f.postcode, @postcode) = 1 then 0.6
                    when left(f.postcode, 3) = left(@postcode, 3) then 0.4 when left(f.postcode, 2) = left(@postcode, 2) then 0.2 else 0 end
                + case when @place = '' then 0 when f.place = @place then 1 when levenshtein(f.place, @place) <= 2 then 0.8 else 0.5 * similarity(f.place, @place) end as score
            from fitted f where f.name_fit >= 0.5 or similarity(f.doc, @doc) >= 0.5
            order by score desc limit 30
        )
        select h.address_id from best b cross join lateral (
            select address_id, number = @number as same_number, letter is not distinct from @letter as same_letter, abs(number - @number) as away
            from houses where street = b.id order by 2 desc nulls last, 3 desc, 4 limit 5) h
        order by b.score + case when h.same_number then 0.7 else 0 end + case when h.same_letter then 0.1 else 0 end desc, h.away limit 5
        """;

    private readonly PrivatePostgres server = new();
    private NpgsqlDataSource? database;

    public string Name => "pg_trgm";

    public double MegabytesElsewhere => Usage.Memory(ServerProcess());

    public double MillisecondsElsewhere => Usage.Processor(ServerProcess());

    public async Task LoadAsync(string addresses, Action<string> progress)
    {
        await server.StartAsync();
        await using (var settings = NpgsqlDataSource.Create(server.ConnectionString()))
        {
            foreach (var setting in new[] { "shared_buffers = '1GB'", "maintenance_work_mem = '512MB'", "work_mem = '32MB'", "max_wal_size = '4GB'", "jit = off", "max_parallel_workers_per_gather = 0" })
            {
                await settings.CreateCommand($"alter system set {setting}").ExecuteNonQueryAsync();
            }
        }

        NpgsqlConnection.ClearAllPools();
        await server.StopAsync();
        await server.StartAsync();
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString()) { CommandTimeout = 1800, MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 }.ConnectionString);
        await ExecuteAsync("""
            create extension pg_trgm;
            create extension fuzzystrmatch;
            create table streets (id int not null, name text not null, postcode text not null, place text not null, doc text not null);
            create table houses (street int not null, number int not null, letter text, address_id text not null);
            """);
        var streets = PeerStreet.Read(addresses);
        progress($"copying {streets.Count} streets");
        await CopyAsync(streets);
        progress("making indexes");
        await ExecuteAsync("""
            create index on houses (street, number);
            create index on streets (postcode);
            create index on streets (name);
            create index on streets using gist (doc gist_trgm_ops (siglen = 256));
            """);
        await ExecuteAsync("vacuum analyze");
    }

    public Answer Search(Query query)
    {
        var read = PeerReading.Of(query);
        using var connection = database!.OpenConnection();
        using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("names", read.Names.ToArray());
        command.Parameters.AddWithValue("doc", string.Join(' ', new[] { read.Names[0], read.Postcode, read.Place }.Where(text => !string.IsNullOrEmpty(text))));
        command.Parameters.Add(new("postcode", NpgsqlDbType.Text) { Value = (object?)read.Postcode ?? DBNull.Value });
        command.Parameters.AddWithValue("place", read.Place);
        command.Parameters.Add(new("number", NpgsqlDbType.Integer) { Value = (object?)read.Number ?? DBNull.Value });
        command.Parameters.Add(new("letter", NpgsqlDbType.Text) { Value = (object?)read.Letter ?? DBNull.Value });
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return new(null, found);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        await server.DisposeAsync();
    }

    private async Task CopyAsync(List<PeerStreet> streets)
    {
        await using var connection = await database!.OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("copy streets from stdin (format binary)"))
        {
            for (var i = 0; i < streets.Count; i++)
            {
                var street = streets[i];
                await copy.WriteRowAsync(default, i, street.Name, street.Postcode, street.Place, $"{street.Name} {street.Postcode} {street.Place}");
            }

            await copy.CompleteAsync();
        }

        await using var houses = await connection.BeginBinaryImportAsync("copy houses from stdin (format binary)");
        for (var i = 0; i < streets.Count; i++)
        {
            foreach (var house in streets[i].Houses)
            {
                await houses.StartRowAsync();
                await houses.WriteAsync(i);
                await houses.WriteAsync(house.Number);
                await houses.WriteAsync(house.Letter, NpgsqlDbType.Text);
                await houses.WriteAsync(house.AddressId);
            }
        }

        await houses.CompleteAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private int ServerProcess()
    {
        using var command = database!.CreateCommand("select pg_read_file('postmaster.pid')");
        return int.Parse(((string)command.ExecuteScalar()!).Split('\n')[0], CultureInfo.InvariantCulture);
    }
}
