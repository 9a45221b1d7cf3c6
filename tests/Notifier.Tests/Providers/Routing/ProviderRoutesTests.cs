using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Tests.Providers.Routing;

public class ProviderRoutesTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly RoutingOptions routing = new();
    private readonly Dictionary<string, ScriptedProvider> providers = new[] { "a", "b", "c" }.ToDictionary(name => name, name => new ScriptedProvider(name));

    [Fact]
    public void messages_are_shared_out_by_weight()
    {
        (routing.Weights["a"], routing.Weights["b"], routing.Weights["c"]) = (70, 30, 0);

        var chosen = Chosen(Routes(), 10_000);

        Assert.InRange(chosen["a"], 6700, 7300);
        Assert.InRange(chosen["b"], 2700, 3300);
        Assert.False(chosen.ContainsKey("c"));
    }

    [Fact]
    public void without_shares_the_order_of_preference_counts()
    {
        var routes = Routes();

        Assert.Equal(["a"], Chosen(routes, 100).Keys);
        Assert.Equal(["b"], Chosen(routes, 100, "a").Keys);
        Assert.Equal(["c"], Chosen(routes, 100, "a", "b").Keys);
        Assert.Equal(["a"], Chosen(routes, 100, "a", "b", "c").Keys);
    }

    [Fact]
    public async Task a_paused_provider_is_left_out_until_its_pause_is_over()
    {
        var routes = Routes();
        await PauseAsync(routes, "a");

        Assert.Equal(["b"], Chosen(routes, 100).Keys);
        // Rather one that was tried than one that is known not to answer.
        Assert.Equal(["b"], Chosen(routes, 100, "b", "c").Keys.Order().Take(1));
        Assert.DoesNotContain("a", Chosen(routes, 100, "b", "c").Keys);

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["a"], Chosen(routes, 100).Keys);
    }

    [Fact]
    public async Task where_all_are_paused_any_is_tried()
    {
        var routes = Routes();
        foreach (var name in providers.Keys)
        {
            await PauseAsync(routes, name);
        }

        Assert.Equal(["a"], Chosen(routes, 100).Keys);
        Assert.Equal(["b"], Chosen(routes, 100, "a").Keys);
    }

    [Fact]
    public async Task failing_calls_make_a_provider_bad_and_refused_numbers_or_too_many_do_not()
    {
        var routes = Routes();

        await SendAsync(routes, "a", new ProviderAnswer.NotSent("refused", Again: false), 50);
        await SendAsync(routes, "b", ProviderAnswer.TooMany, 50);
        await SendAsync(routes, "c", new ProviderAnswer.Unknown("server-error"), 50);

        Assert.Equal(["c"], Bad(routes));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Bad(routes));
    }

    [Fact]
    public void slow_deliveries_make_a_provider_bad()
    {
        var routes = Routes();
        foreach (var minutes in Enumerable.Repeat(1, 6).Concat(Enumerable.Repeat(5, 4)))
        {
            routes.Delivered("b", TimeSpan.FromMinutes(minutes));
            routes.Delivered("a", TimeSpan.FromMinutes(1));
        }
        routes.Delivered("nobody", TimeSpan.FromMinutes(9));

        Assert.Equal(["b"], Bad(routes));
    }

    [Fact]
    public async Task what_operators_see_says_who_does_badly_and_who_is_left_alone()
    {
        var routes = Routes();
        await SendAsync(routes, "b", new ProviderAnswer.Unknown("server-error"), 12);
        await PauseAsync(routes, "a");

        var lanes = ReadHealth.Handle(routes).Value!;

        Assert.Equal(["sms", "voice"], lanes.Select(lane => lane.Channel));
        Assert.Equal(["a: 100, paused", "b: 0, poor", "c: 0, well"], lanes[0].Providers.Select(one => $"{one.Name}: {one.Share}, {one.State}"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.All(ReadHealth.Handle(routes).Value!.SelectMany(lane => lane.Providers), one => Assert.Equal("well", one.State));
    }

    [Fact]
    public async Task a_few_failures_say_nothing()
    {
        var routes = Routes();

        await SendAsync(routes, "a", new ProviderAnswer.Unknown("server-error"), 9);

        Assert.Empty(Bad(routes));
    }

    [Fact]
    public async Task too_many_slows_the_provider_down()
    {
        var routes = Routes(rate: 100);

        await SendAsync(routes, "a", ProviderAnswer.TooMany, 1);

        Assert.Equal(50, routes.Choose(Channel.Sms, []).Rate);
    }

    private ProviderRoutes Routes(double? rate = null)
    {
        var options = new ProviderOptions { BreakerThroughput = 1000 };
        options.Use.AddRange(providers.Keys);
        if (rate is { } known)
        {
            options.Rates["a"] = known;
        }
        var set = new ProviderSet(providers.Values, Options.Create(options), new HostingEnvironment { EnvironmentName = "Test" }, clock, NullLogger<GuardedProvider>.Instance);
        return new ProviderRoutes(set, Options.Create(routing), Options.Create(options), clock);
    }

    private static Dictionary<string, int> Chosen(ProviderRoutes routes, int times, params string[] avoid) =>
        Enumerable.Range(0, times).Select(_ => routes.Choose(Channel.Sms, avoid).Name).CountBy(name => name).ToDictionary();

    private static IEnumerable<string> Bad(ProviderRoutes routes) => routes.Standings(Channel.Sms).Where(one => one.IsBad).Select(one => one.Provider);

    private Task PauseAsync(ProviderRoutes routes, string name) => SendAsync(routes, name, new ProviderAnswer.Unknown("server-error"), 1001);

    private async Task SendAsync(ProviderRoutes routes, string name, ProviderAnswer answer, int times)
    {
        const string Phone = "+46701740605";
        providers[name].Answers(Phone, [.. Enumerable.Repeat(answer, times)]);
        var provider = routes.Choose(Channel.Sms, [.. providers.Keys.Where(other => other != name)]);
        Assert.Equal(name, provider.Name);
        for (var i = 0; i < times; i++)
        {
            await provider.SendAsync(ProviderContract.Message(Phone, Channel.Sms), default);
        }
    }
}
