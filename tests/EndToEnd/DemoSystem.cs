using Npgsql;
using Ums.Testing;

namespace Ums.EndToEnd;

/// <summary>The whole system with its demo towns and people, for all tests of this project.</summary>
public class DemoSystem : IAsyncLifetime
{
    public const int SignInsPerMinute = 1000;

    private RunningSystem? running;

    public RunningSystem Running => running ?? throw new InvalidOperationException("Not started.");

    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>Settings beside those that every test here needs.</summary>
    protected virtual IReadOnlyDictionary<string, string> More { get; } = new Dictionary<string, string>();

    public string Url => Running.Address.ToString();

    public virtual async Task InitializeAsync()
    {
        running = await RunningSystem.StartAsync(settings: new Dictionary<string, string>(More)
        {
            // All these residents share one address; the limits have tests of their own.
            ["Pins__Limits__NoScriptNetworkPerHour"] = "1000",
            ["Pins__Limits__NetworkPer10Minutes"] = "1000",
            // Who wants to be another client says so in X-Forwarded-For.
            ["Gateway__TrustedProxies"] = "127.0.0.1;::1",
            ["Gateway__PagesPerMinute"] = "10000",
            ["Gateway__CallsPerMinute"] = "10000",
            ["Gateway__SignInsPerMinute"] = $"{SignInsPerMinute}",
        });
        Gateway = new HttpClient { BaseAddress = running.Address };
    }

    /// <summary>The demo register comes in after the start, in the background.</summary>
    public Task RegisterIsImportedAsync(string slug) => Eventually.TrueAsync(async () =>
    {
        var organisation = await QueryAsync("identitydb", $"select id from organisations where slug = '{slug}'");
        return organisation is not null && await QueryAsync("contactsdb", $"select 1 from register_imports where organisation_id = '{organisation}'") is not null;
    }, TimeSpan.FromMinutes(3));

    internal async Task<object?> QueryAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(Running.ConnectionString(database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public virtual async Task DisposeAsync()
    {
        Gateway?.Dispose();
        if (running is not null)
            await running.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class Shared : ICollectionFixture<DemoSystem>, ICollectionFixture<Browser>
{
    public const string Name = "the demo system and a browser";
}
