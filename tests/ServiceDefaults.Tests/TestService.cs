using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests;

/// <summary>A service of no domain, put together as the real ones are: database, outbox, bus, tokens.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestService(WebApplication app, CapturedLogs logs) => (this.app, Logs) = (app, logs);

    public IServiceProvider Services => app.Services;

    public CapturedLogs Logs { get; }

    public HttpClient Client => app.GetTestClient();

    public IBusControl Bus => Services.GetRequiredService<IBusControl>();

    /// <param name="name">Whose messages it publishes, such as <c>contacts</c>.</param>
    public static async Task<TestService> StartAsync(
        string name, string database, Uri broker, Action<IBusRegistrationConfigurator>? consumers = null, Action<IServiceCollection>? services = null,
        Dictionary<string, string?>? settings = null, Action<WebApplication>? routes = null, Action<IHostApplicationBuilder>? builder = null, bool waitForBus = true)
    {
        var logs = new CapturedLogs();
        var host = WebApplication.CreateBuilder();
        host.WebHost.UseTestServer();
        host.Logging.ClearProviders().AddProvider(logs);
        host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:notesdb"] = database,
            ["ConnectionStrings:messaging"] = broker.AbsoluteUri,
            ["Tokens:Issuer"] = TestTokens.Issuer,
        });
        host.Configuration.AddInMemoryCollection(settings ?? []);
        host.AddServiceDefaults();
        host.AddBearerTokens(name);
        host.AddUmsDatabase<NotesDb>("notesdb");
        host.AddUmsBus(name, consumers);
        builder?.Invoke(host);
        services?.Invoke(host.Services);
        var app = host.Build();
        app.UseServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        routes?.Invoke(app);
        await app.StartAsync();
        var service = new TestService(app, logs);
        if (waitForBus)
        {
            await Eventually.TrueAsync(() => service.Bus.CheckHealth().Status == BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        }
        return service;
    }

    /// <summary>Publishes as a handler does: beside a change, in its transaction.</summary>
    public async Task<Guid> PublishAsync<T>(T message, Guid? organisation = null) where T : class
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        return await db.InOrganisationAsync(organisation ?? Guid.CreateVersion7(), _ => Task.FromResult(db.Publish(message)), CancellationToken.None);
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
