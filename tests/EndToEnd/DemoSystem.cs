using Ums.Testing;

namespace Ums.EndToEnd;

/// <summary>The whole system with its demo towns and people, for all tests of this project.</summary>
public sealed class DemoSystem : IAsyncLifetime
{
    private RunningSystem? running;

    public RunningSystem Running => running ?? throw new InvalidOperationException("Not started.");

    public HttpClient Gateway { get; private set; } = null!;

    public string Url => Running.Address.ToString();

    public async Task InitializeAsync()
    {
        running = await RunningSystem.StartAsync(settings: new Dictionary<string, string>
        {
            // All these residents share one address; the limits have tests of their own.
            ["Pins__Limits__NoScriptNetworkPerHour"] = "1000",
            ["Pins__Limits__NetworkPer10Minutes"] = "1000",
        });
        Gateway = new HttpClient { BaseAddress = running.Address };
    }

    public async Task DisposeAsync()
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
