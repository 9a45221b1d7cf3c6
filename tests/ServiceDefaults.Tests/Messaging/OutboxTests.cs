using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Messaging;

public sealed class OutboxTests : IAsyncLifetime
{
    // For each test its own: what a queue's absence does must not hang on who ran before.
    private readonly Servers servers = new();

    public Task InitializeAsync() => servers.InitializeAsync();

    public Task DisposeAsync() => servers.DisposeAsync();

    [Fact]
    public async Task a_message_without_a_queue_stays_until_its_consumer_has_started()
    {
        await using var contacts = await StartContactsAsync();
        await contacts.PublishAsync(Sample.AddressAdded("waits"));
        await Eventually.TrueAsync(async () => await servers.QueryAsync<string>("select coalesce(max(last_error), '') from outbox") == "MessageReturnedException");

        var ledger = new Ledger();
        await using var geocoding = await StartGeocodingAsync(ledger);

        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from notes where text = 'waits'") == 1);
        await OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task an_event_that_nobody_must_consume_leaves_without_a_queue()
    {
        await using var contacts = await StartContactsAsync();
        await contacts.PublishAsync(Sample.ContactChanged());
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox where type like '%ContactChanged'") == 0);
    }

    [Fact]
    public async Task six_hundred_messages_through_two_relays_each_have_one_effect()
    {
        var ledger = new Ledger();
        await using var geocoding = await StartGeocodingAsync(ledger);
        await using var one = await StartContactsAsync();
        await using var two = await StartContactsAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, _) => await (i % 2 == 0 ? one : two).PublishAsync(Sample.AddressAdded("parallel")));

        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from notes where text = 'parallel'") == 600, TimeSpan.FromSeconds(60));
        await OutboxIsEmptyAsync();
        // No fault here, so no repeats either: the relays' claims never overlapped.
        Assert.Equal(ledger.Deliveries.Distinct().Count(), ledger.Deliveries.Count);
    }

    [Fact]
    public async Task a_message_delivered_five_times_has_one_effect()
    {
        var ledger = new Ledger();
        await using var geocoding = await StartGeocodingAsync(ledger);
        var id = Guid.CreateVersion7();
        var message = Sample.AddressAdded("repeated");
        for (var i = 0; i < 5; i++)
        {
            await geocoding.Bus.Publish(message, context => context.MessageId = id);
        }
        await Eventually.TrueAsync(() => ledger.Deliveries.Count(delivered => delivered == id) == 5);
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from notes where text = 'repeated'") == 1);
        Assert.Equal(1, await servers.QueryAsync<long>($"select count(*) from inbox where message_id = '{id}'"));
    }

    [Fact]
    public async Task nothing_leaves_when_the_transaction_rolls_back()
    {
        await using var contacts = await StartContactsAsync();
        await using var scope = contacts.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.InOrganisationAsync<int>(Guid.CreateVersion7(), async token =>
        {
            db.Publish(Sample.ContactChanged());
            await db.SaveChangesAsync(token);
            throw new InvalidOperationException();
        }, CancellationToken.None));
        Assert.Equal(0, await servers.QueryAsync<long>("select count(*) from outbox where type like '%ContactChanged'"));
    }

    [Fact]
    public async Task the_consumer_works_in_the_trace_of_the_request_that_published()
    {
        var ledger = new Ledger();
        await using var geocoding = await StartGeocodingAsync(ledger);
        await using var contacts = await StartContactsAsync();
        using var source = new ActivitySource("Ums.Tests");
        string trace;
        using (var request = source.StartActivity("request") ?? throw new InvalidOperationException("Nobody listens to Ums.*"))
        {
            trace = request.TraceId.ToString();
            await contacts.PublishAsync(Sample.AddressAdded("traced"));
        }
        await Eventually.TrueAsync(() => ledger.Traces.Contains(trace));
    }

    [Fact]
    public async Task a_message_leaves_within_a_quarter_of_a_second_of_its_commit()
    {
        var ledger = new Ledger();
        await using var geocoding = await StartGeocodingAsync(ledger);
        await using var contacts = await StartContactsAsync();
        await contacts.PublishAsync(Sample.AddressAdded());
        await Eventually.TrueAsync(() => !ledger.Deliveries.IsEmpty);

        var times = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var id = await contacts.PublishAsync(Sample.AddressAdded());
            await Eventually.TrueAsync(() => ledger.Deliveries.Contains(id));
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        Assert.InRange(times.Order().ElementAt(10).TotalMilliseconds, 0, 250);
    }

    [Fact]
    public async Task no_log_holds_a_payload()
    {
        await using var contacts = await StartContactsAsync();
        await contacts.PublishAsync(Sample.AddressAdded("canary-77"));
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox where payload->>'addressId' = 'canary-77' and attempts > 1") == 1);
        Assert.DoesNotContain("canary-77", contacts.Logs.Text, StringComparison.Ordinal);
        Assert.Contains("MessageReturnedException", contacts.Logs.Text, StringComparison.Ordinal);
    }

    private Task<TestService> StartContactsAsync() => TestService.StartAsync("contacts", servers.Database, servers.Broker);

    private Task<TestService> StartGeocodingAsync(Ledger ledger) => TestService.StartAsync("geocoding", servers.Database, servers.Broker,
        bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(ledger));

    private Task OutboxIsEmptyAsync() => Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox where type like '%AddressAdded'") == 0);
}
