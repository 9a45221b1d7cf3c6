using Npgsql;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests;

/// <summary>A database and a virtual host for one test class.</summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly string name = $"notes-{Guid.NewGuid():N}";

    private readonly HashSet<string> others = [];

    /// <summary>The owner's; services make the database when they start.</summary>
    public string Database => TestServers.Postgres(name);

    /// <summary>A database of the service's own: of two that share one, each takes the other's messages out of the outbox, and may not publish them.</summary>
    public string DatabaseOf(string service)
    {
        others.Add($"{name}-{service}");
        return TestServers.Postgres($"{name}-{service}");
    }

    public Uri Broker => TestServers.RabbitMq(name);

    public async Task InitializeAsync()
    {
        await TestServers.PutAsync($"api/vhosts/{name}", new { });
        await TestServers.PutAsync($"api/permissions/{name}/administrator", new { configure = ".*", write = ".*", read = ".*" });
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var database in others.Prepend(name))
        {
            await TestServers.ExecuteAsync($"drop database if exists \"{database}\" with (force)");
        }
        await TestServers.DeleteAsync($"api/vhosts/{name}");
    }

    /// <summary>Asks as the superuser, past row-level security.</summary>
    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No row."));
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
