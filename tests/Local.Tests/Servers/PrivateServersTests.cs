using Npgsql;
using Ums.Testing;
using Xunit;

namespace Ums.Local.Tests.Servers;

public class PrivateServersTests
{
    [Fact]
    public async Task a_killed_postgres_keeps_what_was_committed()
    {
        await using var postgres = new PrivatePostgres();
        await postgres.StartAsync();
        await ExecuteAsync(postgres, "create table kept as select 42 as answer");

        await postgres.KillAsync();
        await postgres.StartAsync();

        Assert.Equal(42, await ExecuteAsync(postgres, "select answer from kept"));
    }

    [Fact]
    public async Task it_asks_for_a_password()
    {
        await using var postgres = new PrivatePostgres();
        await postgres.StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString()) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState);
    }

    private static async Task<object?> ExecuteAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
