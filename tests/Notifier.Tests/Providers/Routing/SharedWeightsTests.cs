using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;
using Ums.Testing;

namespace Ums.Notifier.Tests.Providers.Routing;

/// <summary>Notifier with two providers that share messages sixty to forty, and agree on it often.</summary>
public sealed class RoutingFixture : ScriptedFixture
{
    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Providers:Routing:Weights:first"] = "60";
        settings["Providers:Routing:Weights:second"] = "40";
        settings["Providers:Routing:ShiftEvery"] = "00:01:00";
        settings["Providers:Routing:Interval"] = "00:00:00.200";
    }
}

/// <summary>The shares in the table, moved by several replicas.</summary>
public sealed class SharedWeightsTests(RoutingFixture notifier) : IClassFixture<RoutingFixture>
{
    [Fact]
    public async Task a_shift_of_one_replica_is_everybodys()
    {
        await using var replica = await notifier.StartReplicaAsync();
        var (mine, other) = (notifier.Services.GetRequiredService<ProviderRoutes>(), replica.Services.GetRequiredService<ProviderRoutes>());
        await Eventually.PassesAsync(async () => Assert.Equal(2L, await notifier.QueryAsync<long>("select count(*) from provider_weights where channel = 'sms'")));
        await AgeAsync("sms", "2 minutes");

        for (var i = 0; i < 20; i++)
        {
            mine.Delivered("first", TimeSpan.FromMinutes(9));
        }

        // Calls are judged as SMS are, so both channels shift; and only one step within the minute.
        await Eventually.PassesAsync(() =>
        {
            Assert.Equal([50, 50], other.Standings(Channel.Sms).Select(one => one.Weight));
            Assert.Equal([50, 50], mine.Standings(Channel.Sms).Select(one => one.Weight));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task of_many_who_see_the_same_trouble_at_once_one_shifts()
    {
        var table = Table(new RoutingOptions());
        Standing[] seen = [new("x", 60, 60, true), new("y", 40, 40, false)];
        await table.AgreeAsync("race", seen, default);
        await AgeAsync("race", "2 minutes");

        var agreed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => table.AgreeAsync("race", seen, default)));

        Assert.All(agreed, standings => Assert.Equal([50, 50], standings.Select(one => one.Weight)));
    }

    [Fact]
    public async Task quiet_brings_the_shares_back_one_step_at_a_time()
    {
        var table = Table(new RoutingOptions());
        Standing[] quiet = [new("x", 60, 0, false), new("y", 40, 0, false)];
        await table.AgreeAsync("drift", quiet, default);
        await notifier.ExecuteAsync("update provider_weights set weight = case provider when 'x' then 25 else 75 end where channel = 'drift'");

        var steps = new List<int>();
        foreach (var age in new[] { "1 minute", "11 minutes", "11 minutes", "1 minute", "11 minutes", "11 minutes", "11 minutes" })
        {
            await AgeAsync("drift", age);
            steps.Add((await table.AgreeAsync("drift", quiet, default))[0].Weight);
        }

        Assert.Equal([25, 35, 45, 45, 55, 60, 60], steps);
    }

    [Fact]
    public async Task other_providers_begin_as_configured_and_those_that_are_gone_leave_no_row()
    {
        var table = Table(new RoutingOptions());
        await table.AgreeAsync("change", [new("x", 60, 0, false), new("y", 40, 0, false)], default);

        var agreed = await table.AgreeAsync("change", [new("y", 70, 0, false), new("z", 30, 0, false)], default);

        Assert.Equal([70, 30], agreed.Select(one => one.Weight));
        Assert.Equal("y z", await notifier.QueryAsync<string>("select string_agg(provider, ' ' order by provider) from provider_weights where channel = 'change'"));
    }

    [Fact]
    public async Task a_pin_goes_by_the_shares_too_and_around_who_fails()
    {
        var before = (notifier.First.Ledger.Count, notifier.Second.Ledger.Count);

        for (var i = 0; i < 60; i++)
        {
            using var answer = await notifier.HandOverAsync(notifier.Request(NotifierFixture.NewMobile()));
        }

        Assert.InRange(notifier.First.Ledger.Count - before.Item1, 12, 54);
        Assert.InRange(notifier.Second.Ledger.Count - before.Item2, 6, 48);
    }

    private Task AgeAsync(string channel, string age) =>
        notifier.ExecuteAsync("update provider_weights set moved_at = now() - $2::interval where channel = $1", channel, age);

    private WeightTable Table(RoutingOptions options) => new(notifier.Services.GetRequiredService<NpgsqlDataSource>(), Options.Create(options));
}
