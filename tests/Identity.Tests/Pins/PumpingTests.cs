using System.Net;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

/// <summary>SMS pumping: many networks let PINs go to numbers that somebody earns by. What it can cost is set; residents notice nothing.</summary>
public sealed class PumpingTests(PumpingTests.SmallBudget identity) : IClassFixture<PumpingTests.SmallBudget>
{
    private const int Budget = 120;
    private const int PerPrefix = 50;

    [Fact]
    public async Task pumping_through_hundreds_of_networks_stays_within_the_budget_and_known_residents_still_get_their_pins()
    {
        var resident = Browser.Elsewhere(identity);
        var phone = identity.NewPhone();
        await SignInAsync(resident, phone);
        var before = Sent();

        var networks = Enumerable.Range(0, 500).Select(_ => Browser.Elsewhere(identity)).ToArray();
        var answers = new HttpResponseMessage[2_000];
        await Parallel.ForAsync(0, answers.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            answers[i] = await networks[i % networks.Length].AskAsync($"+46701{700_000 + (i * 2):000000}", captcha: CrowdFixture.Pass));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await Testing.Eventually.TrueAsync(async () => await identity.QueryAsync<long>("select count(*) from outbox") == 0);
        Assert.InRange(Sent() - before, PerPrefix, Budget);
        Assert.All(
            Deliveries().Skip(before).GroupBy(m => Open(m).Phone[..^3]), block => Assert.InRange(block.Count(), 1, PerPrefix));

        await SignInAsync(resident, phone);
        await SignInAsync(Browser.Elsewhere(identity), phone);
    }

    private static async Task SignInAsync(Browser browser, string phone)
    {
        var asked = await browser.AskedAsync(phone, captcha: CrowdFixture.Pass);
        Assert.NotNull((await browser.HandedInAsync(asked.PinRequestId, await browser.PinAsync(asked.PinRequestId))).AccessToken);
    }

    /// <summary>A message that the broker took its time over may come twice; Notifier's inbox knows it.</summary>
    private IEnumerable<PinRequested> Deliveries() => identity.Bus.Published<PinRequested>().DistinctBy(m => m.DeliveryId);

    private int Sent() => Deliveries().Count();

    private ServiceDefaults.Secrets.PinDelivery Open(PinRequested m) =>
        ServiceDefaults.Secrets.PinDelivery.Open(Convert.FromBase64String(identity.Keys["PinDelivery"]), m.Sealed, m.PinRequestId, m.DeliveryId);

    public sealed class SmallBudget : CrowdFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Pins:Limits:BudgetPerDay"] = $"{Budget}";
            settings["Pins:Limits:PrefixPerHour"] = settings["Pins:Limits:PrefixPerDay"] = $"{PerPrefix}";
        }
    }
}
