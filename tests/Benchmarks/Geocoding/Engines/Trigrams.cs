using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Ums.Testing;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>
/// PostgreSQL with pg_trgm, as one who knows it would do it: the names most like the typed one, each name once (a GIN index answers some fifty times sooner here than
/// the nearest streets from a GiST index), and all in the typed postcode; of their streets the best by edit distance and agreeing fields; then the house.
/// </summary>
internal sealed class Trigrams : IEngine
{
    private const string Sql = """
        with typed as (select distinct name from unnest(@names) as name),
        named as materialized (
            select n.id, max(case when starts_with(n.name, t.name) and length(t.name) > 3 then greatest(0.86, length(t.name)::float / length(n.name))
                else 1 - levenshtein(n.name, left(t.name, 200))::float / greatest(length(n.name), length(t.name), 1) end) as fit
            from typed t cross join lateral (
                (select id, name from names where name % t.name order by similarity(name, t.name) desc limit 50)
                union
                select n.id, n.name from names n join streets s on s.name_id = n.id where s.postcode = @postcode) n
            group by n.id
        ),
        best as (
            select s.id, 4 * n.fit
                + case when @postcode is null then 0 when s.postcode = @postcode then 1 when levenshtein(s.postcode, @postcode) = 1 then 0.6
                    when left(s.postcode, 3) = left(@postcode, 3) then 0.4 when left(s.postcode, 2) = left(@postcode, 2) then 0.2 else 0 end
                + case when @place = '' then 0 when s.place = @place then 1 when s.municipality = @place then 0.9
                    when levenshtein(s.place, @place) <= 2 then 0.8 else 0.5 * similarity(s.place, @place) end as score
            from named n join streets s on s.name_id = n.id where n.fit >= 0.4
            order by score desc limit 40
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
            create table names (id int not null, name text not null);
            create table streets (id int not null, name_id int not null, postcode text not null, place text not null, municipality text not null);
            create table houses (street int not null, number int not null, letter text, address_id text not null);
            """);
        var streets = PeerStreet.Read(addresses);
        progress($"copying {streets.Count} streets");
        await CopyAsync(streets);
        progress("making indexes");
        await ExecuteAsync("""
            create index on houses (street, number);
            create index on streets (postcode);
            create index on streets (name_id);
            create index on names using gin (name gin_trgm_ops);
            """);
        await ExecuteAsync("vacuum analyze");
    }

    public Answer Search(Query query)
    {
        var read = PeerReading.Of(query);
        using var connection = database!.OpenConnection();
        using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("names", read.Names.ToArray());
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
        var names = streets.Select(street => street.Name).Distinct().Select((name, id) => (name, id)).ToDictionary(pair => pair.name, pair => pair.id);
        await using (var copy = await connection.BeginBinaryImportAsync("copy names from stdin (format binary)"))
        {
            foreach (var (name, id) in names)
            {
                await copy.WriteRowAsync(default, id, name);
            }

            await copy.CompleteAsync();
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy streets from stdin (format binary)"))
        {
            for (var i = 0; i < streets.Count; i++)
            {
                var street = streets[i];
                await copy.WriteRowAsync(default, i, names[street.Name], street.Postcode, street.Place, street.Municipality);
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
