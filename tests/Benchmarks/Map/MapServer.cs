using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ums.Geocoding.Map;

namespace Ums.Benchmarks.Map;

/// <summary>Geocoding's map routes alone, on Kestrel.</summary>
internal sealed class MapServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private MapServer(WebApplication app) => (this.app, Client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    public HttpClient Client { get; }

    public static async Task<MapServer> StartAsync(CountryInTables tables, int cacheMegabytes, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = $"http://127.0.0.1:{port}",
            ["Tokens:Issuer"] = $"http://localhost:{port}",
            ["Map:CacheMegabytes"] = $"{cacheMegabytes}",
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(tables.Database);
        builder.AddMap();
        // The map is built when the benchmark says so.
        builder.Services.Remove(builder.Services.Last(service => service.ServiceType == typeof(IHostedService)));
        var app = builder.Build();
        app.MapMap();
        await app.StartAsync();
        return new MapServer(app);
    }

    public Task BuildAsync() => app.Services.GetRequiredService<KeepMapFresh>().RefreshAsync(CancellationToken.None);

    /// <summary>Until somebody presses Ctrl+C.</summary>
    public Task StoppedAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
