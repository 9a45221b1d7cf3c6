using System.Globalization;
using Npgsql;
using Spectre.Console;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>Where PostgreSQL's time goes, by statement.</summary>
internal static class Statements
{
    public static async Task WatchAsync(RunningSystem system)
    {
        await RunAsync(system, "alter system set shared_preload_libraries = 'pg_stat_statements'");
        await system.StopAsync("postgres");
        await system.StartAsync("postgres");
        NpgsqlConnection.ClearAllPools();
        await RunAsync(system, "create extension if not exists pg_stat_statements");
        await RunAsync(system, "select pg_stat_statements_reset()");
    }

    public static async Task PrintAsync(RunningSystem system)
    {
        await using var source = NpgsqlDataSource.Create(system.ConnectionString("notifierdb"));
        await using var command = source.CreateCommand("""
            select d.datname, s.calls, s.total_exec_time, s.rows, left(regexp_replace(s.query, '\s+', ' ', 'g'), 90)
            from pg_stat_statements s join pg_database d on d.oid = s.dbid order by s.total_exec_time desc limit 25
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var table = new Table().Border(TableBorder.Markdown).AddColumns("database", "calls", "ms in all", "us each", "rows", "statement");
        while (await reader.ReadAsync())
        {
            var (calls, total) = (reader.GetInt64(1), reader.GetDouble(2));
            table.AddRow(reader.GetString(0), $"{calls}", total.ToString("0", CultureInfo.InvariantCulture), (total * 1000 / calls).ToString("0", CultureInfo.InvariantCulture),
                $"{reader.GetInt64(3)}", Markup.Escape(reader.GetString(4)));
        }
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    private static async Task RunAsync(RunningSystem system, string sql)
    {
        await using var source = NpgsqlDataSource.Create(system.ConnectionString("notifierdb"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
