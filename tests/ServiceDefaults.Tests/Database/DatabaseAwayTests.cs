using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Database;

public sealed class DatabaseAwayTests : IAsyncLifetime
{
    /// <summary>What every database has, its audit, how its tables are kept apart, and the test's own notes.</summary>
    private const long Scripts = 4;

    private readonly Servers servers = new();
    private Line line = null!;
    private string database = null!;

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        line = Line.To(servers.Database, out database);
    }

    public async Task DisposeAsync()
    {
        await line.DisposeAsync();
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task four_replicas_that_start_at_once_migrate_once()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(servers.Database)));
        Assert.Equal(Scripts, await servers.QueryAsync<long>("select count(*) from schemaversions"));
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task a_service_waits_for_a_database_server_that_comes_later()
    {
        line.Cut();
        var starting = StartAsync(database);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.False(starting.IsCompleted);
        line.Mend();
        await using var service = await starting;
        Assert.Equal(Scripts, await servers.QueryAsync<long>("select count(*) from schemaversions"));
    }

    [Fact]
    public async Task a_request_waits_out_ten_seconds_without_a_database()
    {
        await using var service = await StartAsync(database);
        await service.Client.PostAsync(new Uri("/notes", UriKind.Relative), null);
        line.Cut();

        var request = service.Client.PostAsync(new Uri("/notes", UriKind.Relative), null);
        var health = await service.Client.GetAsync(new Uri("/health", UriKind.Relative));
        await Task.Delay(TimeSpan.FromSeconds(10));
        line.Mend();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await request).StatusCode);
        Assert.Equal(2, await servers.QueryAsync<long>("select count(*) from notes"));
        // The relay and the bell have found their way back too.
        await service.PublishAsync(Messaging.Sample.ContactChanged());
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox") == 0);
    }

    private Task<TestService> StartAsync(string connection) => TestService.StartAsync("contacts", connection, servers.Broker, routes: app =>
        app.MapPost("/notes", async (NotesDb db, CancellationToken cancellationToken) =>
        {
            var organisation = Guid.CreateVersion7();
            await db.InOrganisationAsync(organisation, _ =>
            {
                db.Notes.Add(new Note { OrganisationId = organisation, Text = "request" });
                return Task.CompletedTask;
            }, cancellationToken);
            return TypedResults.NoContent();
        }).AllowAnonymous(), waitForBus: false);
}
