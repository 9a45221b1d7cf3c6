using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Ums.Local.Commands;

namespace Ums.Testing;

/// <summary>The PostgreSQL and RabbitMQ of this test run, which <c>./test</c> starts.</summary>
public static class TestServers
{
    private static readonly Lazy<HttpClient> Management = new(CreateManagement);

    /// <summary>The superuser's connection string to <paramref name="database"/>.</summary>
    public static string Postgres(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder(Variable(ServersCommand.PostgresVariable)) { Database = database }.ConnectionString;

    /// <summary>The administrator's address of a virtual host.</summary>
    public static Uri RabbitMq(string virtualHost) => new(new Uri(Variable(ServersCommand.RabbitMqVariable)), "/" + virtualHost);

    internal static Task PutAsync(string path, object body) => SendAsync(() => Management.Value.PutAsJsonAsync(new Uri(path, UriKind.Relative), body));

    internal static Task DeleteAsync(string path) => SendAsync(() => Management.Value.DeleteAsync(new Uri(path, UriKind.Relative)));

    internal static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Postgres()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        using var answer = await send();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"RabbitMQ's management answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static HttpClient CreateManagement()
    {
        var user = Uri.UnescapeDataString(new Uri(Variable(ServersCommand.RabbitMqVariable)).UserInfo);
        return new HttpClient
        {
            BaseAddress = new Uri(Variable(ServersCommand.ManagementVariable)),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user))) },
        };
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set: the tests need a PostgreSQL and a RabbitMQ of their own. "
            + "Run ./test, or for one project: dotnet run --project AppHost/Local -- servers -- dotnet test tests/…");
}
