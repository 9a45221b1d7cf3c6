using System.Diagnostics;
using Ums.Contacts.Audiences;
using Ums.Messages.Commands;
using Ums.Testing;

namespace Ums.Contacts.Tests.Audiences;

/// <summary>Many people: what stands in memory, who goes on after a crash, and several replicas at once.</summary>
public sealed class ManyPeopleTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly Audience Everyone = new() { Everyone = true };

    // The crowd's houses lie from 59.30 north and 18.00 east.
    private static readonly Audience North = new() { Areas = [AudienceWorld.Polygon((17.9, 59.2), (18.6, 59.2), (18.6, 60.2), (17.9, 60.2), (17.9, 59.2))] };

    [Fact]
    public async Task a_hundred_thousand_come_in_small_batches_the_first_at_once_and_never_stand_in_memory()
    {
        var world = await CrowdAsync(100_000);
        await world.AnsweredAsync(await AskAsync(world, new Audience { Phones = ["+46701740605"] }, 1)); // all is compiled and connected
        using var measured = new CancellationTokenSource();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = MostMemoryAsync(measured.Token);

        var started = Stopwatch.GetTimestamp();
        var alert = await AskAsync(world, Everyone, 100_000);
        await Eventually.TrueAsync(() => service.Bus.Captured.Any(message => message.Body.Contains(alert.ToString(), StringComparison.Ordinal) && message.Exchange.Contains("AudienceBatch", StringComparison.Ordinal)));
        var first = Stopwatch.GetElapsedTime(started);
        await FinishedAsync(alert);
        await measured.CancelAsync();

        Assert.Equal(100_000, (await world.AnsweredAsync(alert)).Count);
        Assert.True(first < TimeSpan.FromSeconds(3), $"the first batch took {first}");
        Assert.Equal(100_000, await service.QueryAsync<long>("select members from audience_resolutions where alert_id = $1 and sealed is null", alert));
        // The bus of the tests keeps every batch it sees, twice as large as text: 20 MB of it.
        Assert.InRange((await most - before) / 1e6, 0, 120);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_000)]
    public async Task a_wrong_hint_costs_time_and_nothing_else(int expected)
    {
        var world = await CrowdAsync(25_000);

        Assert.Equal(25_000, (await world.ResolvedAsync(North, expected)).Count);
        Assert.Equal(12_500, (await world.ResolvedAsync(North with { OncePerHousehold = true }, expected)).Count);
    }

    [Fact]
    public async Task killed_at_any_point_the_next_goes_on_and_nothing_is_said_twice()
    {
        var world = await CrowdAsync(12_000);
        var turn = await HeldAsync(world, Everyone);
        var (dice, kills, parts) = (new Random(7), 0, 0);

        for (var outcome = PartOutcome.Moved; outcome != PartOutcome.Finished;)
        {
            using var killed = new CancellationTokenSource();
            if (dice.Next(3) > 0)
            {
                killed.CancelAfter(dice.Next(1, 80));
            }
            try
            {
                outcome = await PartAsync(turn, world, Everyone, killed.Token);
                parts++;
            }
            catch (Exception) when (killed.IsCancellationRequested)
            {
                kills++;
            }
        }

        Assert.Equal(12_000, (await world.AnsweredAsync(turn.AlertId)).Count);
        Assert.True(kills > 0 && parts > 3, $"{kills} kills, {parts} parts");
    }

    [Fact]
    public async Task who_lost_the_lease_says_nothing_more()
    {
        var world = await CrowdAsync(12_000);
        var turn = await HeldAsync(world, Everyone);
        Assert.Equal(PartOutcome.Moved, await PartAsync(turn, world, Everyone));

        await service.ExecuteAsync("update audience_resolutions set lease_token = $2, lease_until = null where alert_id = $1", turn.AlertId, Guid.NewGuid());

        Assert.Equal(PartOutcome.Lost, await PartAsync(turn, world, Everyone));
        Assert.Equal(12_000, (await world.AnsweredAsync(turn.AlertId)).Count);
    }

    [Fact]
    public async Task several_replicas_share_the_work_and_one_that_stops_leaves_it_to_the_others()
    {
        var world = await CrowdAsync(15_000);
        var replica = await service.StartReplicaAsync();
        var alerts = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            alerts.Add(await AskAsync(world, i % 2 == 0 ? Everyone : North, 15_000));
        }

        await replica.DisposeAsync();

        foreach (var alert in alerts)
        {
            Assert.Equal(15_000, (await world.AnsweredAsync(alert)).Count);
        }
    }

    [Fact]
    public async Task asked_again_nothing_is_said_again()
    {
        var world = await CrowdAsync(2_000);
        var question = world.Question(Everyone);
        var message = await service.Bus.PublishAsync(question);
        await world.AnsweredAsync(question.AlertId);

        var again = await service.Bus.PublishAsync(question);
        await service.Bus.PublishAsync(question, message);
        var other = await service.Bus.PublishAsync(world.Question(new Audience { Phones = ["+46701740699"] }, alert: question.AlertId));

        await Eventually.TrueAsync(async () => await service.QueryAsync<long>("select count(*) from inbox where message_id = any($1)", new[] { again, other }) == 2);
        await world.AnsweredAsync(await AskAsync(world, new Audience { Postcodes = ["00000"] }, 0));
        Assert.Equal(2_000, (await world.AnsweredAsync(question.AlertId)).Count);
        Assert.Equal(1, await service.QueryAsync<long>("select count(*) from audience_resolutions where alert_id = $1", question.AlertId));
    }

    private async Task<AudienceWorld> CrowdAsync(int people)
    {
        var world = new AudienceWorld(service);
        await world.CrowdAsync(people);
        return world;
    }

    private async Task<Guid> AskAsync(AudienceWorld world, Audience audience, int expected)
    {
        var question = world.Question(audience, expected);
        await service.Bus.PublishAsync(question);
        return question.AlertId;
    }

    private Task FinishedAsync(Guid alert) => Eventually.TrueAsync(async () =>
        await service.QueryAsync<long>("select count(*) from audience_resolutions where alert_id = $1 and finished_at is not null", alert) == 1, TimeSpan.FromMinutes(2));

    /// <summary>A question whose turn is this test's: the service's own workers see a lease that holds.</summary>
    private async Task<Turn> HeldAsync(AudienceWorld world, Audience audience)
    {
        var (question, lease) = (world.Question(audience), Guid.NewGuid());
        await service.ExecuteAsync("""
            insert into audience_resolutions (alert_id, organisation_id, sealed, expected, lease_token, lease_until) values ($1, $2, $3, 12000, $4, now() + interval '1 hour')
            """, question.AlertId, question.OrganisationId, question.Sealed, lease);
        return new Turn(question.AlertId, question.OrganisationId, question.Sealed, lease);
    }

    private Task<PartOutcome> PartAsync(Turn turn, AudienceWorld world, Audience audience, CancellationToken cancellationToken = default) =>
        service.InScopeAsync<ResolvePart, PartOutcome>(async part =>
        {
            var outcome = await part.RunAsync(turn, new PreparedAudience(audience, turn.OrganisationId, world.Personal), cancellationToken);
            // The part renewed the lease for seconds only; it stays this test's.
            await service.ExecuteAsync("update audience_resolutions set lease_until = now() + interval '1 hour' where alert_id = $1 and lease_token = $2", turn.AlertId, turn.LeaseToken);
            return outcome;
        });

    private static async Task<long> MostMemoryAsync(CancellationToken cancellationToken)
    {
        var most = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            await Task.Delay(200, CancellationToken.None);
        }
        return most;
    }
}
