using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Ums.Testing;

/// <summary>
/// A database for one test class, copied from a template that holds a service's migrations. Whoever comes first, in whatever process, makes the
/// template; the others wait for it.
/// </summary>
internal static class TestDatabase
{
    private static int count;

    /// <param name="service">The service's assembly; a rebuilt one gets a template of its own.</param>
    /// <param name="migrate">Starts the service once on the given connection string, and stops it.</param>
    /// <returns>The new database's name.</returns>
    public static async Task<string> CreateAsync(Assembly service, Func<string, Task> migrate)
    {
        var prefix = service.GetName().Name!.ToLowerInvariant().Replace('.', '_');
        var template = $"{prefix}_{service.ManifestModule.ModuleVersionId:N}";
        await EnsureAsync(template, migrate);
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}_{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
        await TestServers.ExecuteAsync($"create database {name} template {template}");
        return name;
    }

    public static Task DropAsync(string name) => TestServers.ExecuteAsync($"drop database if exists {name} with (force)");

    private static async Task EnsureAsync(string template, Func<string, Task> migrate)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestServers.Postgres()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync($"select pg_advisory_lock(hashtextextended('{template}', 0))"); // held until the connection closes
        if (await ExecuteAsync($"select 1 from pg_database where datname = '{template}'") is not null)
            return;
        var begun = template + "_begun";
        await ExecuteAsync($"drop database if exists {begun} with (force)");
        await ExecuteAsync($"create database {begun}");
        await migrate(TestServers.Postgres(begun));
        // What the stopped service left open would keep the database from being copied.
        await ExecuteAsync($"alter database {begun} allow_connections false");
        await ExecuteAsync($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{begun}'");
        await ExecuteAsync($"alter database {begun} rename to {template}");

        async Task<object?> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            return await command.ExecuteScalarAsync();
        }
    }
}
