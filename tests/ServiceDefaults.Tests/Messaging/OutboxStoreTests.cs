using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.ServiceDefaults.Messaging;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Messaging;

/// <summary>Claims, leases and burial, step by step; the relay of the host claims nothing here (a batch of none).</summary>
public sealed class OutboxStoreTests : IAsyncLifetime
{
    private readonly Servers servers = new();
    private TestService service = null!;

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        service = await StartAsync(new() { ["Outbox:BatchSize"] = "0" });
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task a_row_is_claimed_by_one_relay_only_while_its_lease_holds()
    {
        await PublishAsync(10);
        var store = Store(TimeSpan.FromMinutes(1));
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.ClaimAsync(OutboxLane.Ordinary, 5, CancellationToken.None)));
        var rows = claims.SelectMany(claim => claim.Rows).Select(row => row.Id).ToList();
        Assert.Equal(10, rows.Count);
        Assert.Equal(10, rows.Distinct().Count());
    }

    [Fact]
    public async Task a_relay_that_slept_through_its_lease_settles_nothing()
    {
        await PublishAsync(1);
        var zombie = await Store(TimeSpan.FromMilliseconds(50)).ClaimAsync(OutboxLane.Ordinary, 1, CancellationToken.None);
        var store = Store(TimeSpan.FromMinutes(1));
        var heir = await Eventually.GetAsync(async () => await store.ClaimAsync(OutboxLane.Ordinary, 1, CancellationToken.None) is { Rows.Count: 1 } claim ? claim : null);

        Assert.Equal(0, await store.SettleAsync(zombie.Lease, [new OutboxOutcome.Confirmed(zombie.Rows[0])], CancellationToken.None));
        Assert.Equal(0, await store.SettleAsync(zombie.Lease, [new OutboxOutcome.Failed(zombie.Rows[0], "Late")], CancellationToken.None));
        Assert.Equal(0, await store.SettleAsync(zombie.Lease, [new OutboxOutcome.HandedOver(zombie.Rows[0])], CancellationToken.None));
        Assert.Equal(1, await servers.QueryAsync<long>("select count(*) from outbox where last_error is null and handed_over_at is null"));

        Assert.Equal(1, await store.SettleAsync(heir.Lease, [new OutboxOutcome.Confirmed(heir.Rows[0])], CancellationToken.None));
        Assert.Equal(0, await servers.QueryAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task the_lanes_are_claimed_apart()
    {
        await PublishAsync(3);
        await service.PublishAsync(Sample.PinRequested());
        var store = Store(TimeSpan.FromMinutes(1));
        Assert.True(Assert.Single((await store.ClaimAsync(OutboxLane.Urgent, 10, CancellationToken.None)).Rows).Urgent);
        Assert.Equal(3, (await store.ClaimAsync(OutboxLane.Ordinary, 10, CancellationToken.None)).Rows.Count);
    }

    [Fact]
    public async Task a_failed_row_waits_for_its_pause()
    {
        await PublishAsync(2);
        var store = Store(TimeSpan.FromMinutes(1));
        var claim = await store.ClaimAsync(OutboxLane.Ordinary, 2, CancellationToken.None);
        Assert.Equal(2, await store.SettleAsync(claim.Lease, [.. claim.Rows.Select(row => new OutboxOutcome.Failed(row, "Because"))], CancellationToken.None));
        Assert.Empty((await store.ClaimAsync(OutboxLane.Ordinary, 2, CancellationToken.None)).Rows);
        Assert.Equal(2, await servers.QueryAsync<long>("select count(*) from outbox where last_error = 'Because' and available_at > now() and lease_token is null"));
        await Eventually.TrueAsync(async () => (await store.ClaimAsync(OutboxLane.Ordinary, 2, CancellationToken.None)).Rows.Count > 0);
    }

    [Fact]
    public async Task a_message_that_no_replica_can_read_is_buried_where_health_shows_it()
    {
        await using var relay = await StartAsync(new() { ["Outbox:MaxAttempts"] = "2" });
        await servers.ExecuteAsync("""
            insert into outbox (message_id, type, payload) values
                (gen_random_uuid(), 'Ums.Messages.Events.OfTheFuture', '{}'),
                (gen_random_uuid(), 'Ums.Messages.Events.AddressAdded', '{"contactId": 17}')
            """);
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox_poison where attempts = 2") == 2);
        Assert.Equal(0, await servers.QueryAsync<long>("select count(*) from outbox"));
        var health = await relay.Client.GetStringAsync(new Uri("/health", UriKind.Relative));
        Assert.Contains("2 messages cannot be read", health, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"Degraded\"", health, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () =>
            (await relay.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Contains("ums_outbox_poison", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_message_that_does_not_leave_degrades_health()
    {
        await servers.ExecuteAsync("insert into outbox (message_id, type, payload, created_at) values (gen_random_uuid(), 'x', '{}', now() - interval '2 minutes')");
        Assert.Contains("Messages do not leave", await service.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task a_commit_in_one_replica_wakes_the_relay_of_another()
    {
        // This one would look again in an hour; the replica that writes has a relay that takes nothing.
        await using var sleeper = await StartAsync(new() { ["Outbox:PollInterval"] = "01:00:00" });
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from pg_stat_activity where query = 'listen ums_outbox'") >= 2);
        await PublishAsync(1);
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox") == 0);
    }

    [Fact]
    public async Task the_inbox_forgets_after_seven_days()
    {
        await servers.ExecuteAsync("""
            insert into inbox (endpoint, message_id, received_at)
            select 'e', gen_random_uuid(), now() - interval '7 days 1 minute' from generate_series(1, 12000)
            union all select 'e', gen_random_uuid(), now() - interval '6 days 23 hours'
            """);
        Assert.Equal(12000, await service.Services.GetRequiredService<OutboxWatch>().PurgeInboxAsync(CancellationToken.None));
        Assert.Equal(1, await servers.QueryAsync<long>("select count(*) from inbox"));
    }

    private async Task PublishAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await service.PublishAsync(Sample.ContactChanged());
        }
    }

    private OutboxStore Store(TimeSpan lease) => new(service.Services.GetRequiredService<NpgsqlDataSource>(), new OutboxOptions { Lease = lease });

    private Task<TestService> StartAsync(Dictionary<string, string?> settings) =>
        TestService.StartAsync("contacts", servers.Database, servers.Broker, settings: settings);
}
