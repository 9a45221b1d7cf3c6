using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ums.Testing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>The four services as the gateway meets them over HTTP, in one small server: enough of each to walk through every page.</summary>
public sealed class TownDoubles : IAsyncDisposable
{
    public static readonly Guid Stockholm = Guid.Parse("019ab000-0000-7000-8000-000000000180");

    private readonly WebApplication app;

    private TownDoubles(WebApplication app, TestTokens tokens)
    {
        this.app = app;
        Identity = new IdentityDouble(tokens);
        Contacts = new ContactsDouble();
    }

    public IdentityDouble Identity { get; }

    public ContactsDouble Contacts { get; }

    public GeocodingDouble Geocoding { get; } = new();

    public AlertsDouble Alerts { get; } = new();

    public TemplatesDouble Templates { get; } = new();

    /// <summary>Every request that reached a service, oldest first.</summary>
    public ConcurrentQueue<Seen> Requests { get; } = [];

    /// <summary>Names of services that answer nothing but 503.</summary>
    public ConcurrentDictionary<string, bool> Away { get; } = [];

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<TownDoubles> StartAsync(TestTokens tokens, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var doubles = new TownDoubles(builder.Build(), tokens);
        doubles.Map();
        await doubles.app.StartAsync();
        return doubles;
    }

    public void Reset()
    {
        Requests.Clear();
        Away.Clear();
        Identity.Reset();
        Contacts.Reset();
        Geocoding.Reset();
        Alerts.Reset();
        Templates.Reset();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(async (http, next) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
            Requests.Enqueue(new Seen(http.Request.Method, http.Request.Path, body, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString())));
            if (Away.ContainsKey(ServiceOf(http.Request.Path)))
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
            await next(http);
        });
        Identity.Map(app);
        Contacts.Map(app);
        Geocoding.Map(app);
        Alerts.Map(app);
        Templates.Map(app);
        app.MapFallback(() => Results.Ok(new { reached = "fallback" }));
    }

    private static string ServiceOf(PathString path) =>
        path.StartsWithSegments("/api/contact") || path.StartsWithSegments("/api/audiences") ? "contacts"
        : path.StartsWithSegments("/api/alerts") || path.StartsWithSegments("/api/texts") || path.StartsWithSegments("/api/templates") || path.StartsWithSegments("/api/alert-codes") || path.StartsWithSegments("/api/disturbances") ? "notifier"
        : path.StartsWithSegments("/api/addresses") || path.StartsWithSegments("/api/map") ? "geocoding"
        : "identity";

    public sealed record Seen(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);
}
