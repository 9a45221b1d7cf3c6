using Microsoft.Extensions.DependencyInjection;
using Ums.Notifier.Providers.Smpp;
using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Smpp;
using Ums.Testing;

namespace Ums.Notifier.Tests.Providers.Smpp;

/// <summary>Notifier with SMS by an operator's message centre, and the telephone double behind it for calls.</summary>
public sealed class SmppFixture : NotifierFixture
{
    internal SmppDouble Centre { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Centre = await SmppDouble.StartAsync(new DoubleOptions(Wire: null) { Receipts = [] });
        await base.InitializeAsync();
        await Eventually.TrueAsync(() => Services.GetRequiredService<SmppLink>().Session is not null);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Centre.DisposeAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        foreach (var (key, value) in SmppHosts.Account(Centre.Port))
        {
            settings[key] = value;
        }
        settings["Providers:Use:1"] = "phone";
    }
}

/// <summary>A PIN's whole way through the service to a message centre, and its receipts' way back over the session.</summary>
public sealed class SmppDeliveryTests(SmppFixture notifier) : IClassFixture<SmppFixture>
{
    [Theory]
    [InlineData("delivered", "delivered")]
    [InlineData("failed", "failed")]
    [InlineData("delivered", "sent", "delivered", "sent", "failed")]
    public async Task receipts_settle_an_sms_once_and_for_all(string state, params string[] reports)
    {
        notifier.Centre.States = [];
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        using var answer = await notifier.HandOverAsync(request);
        await notifier.BecomesAsync(request.DeliveryId, "accepted");
        var sms = notifier.Centre.SentTo(phone)[^1];

        foreach (var report in reports)
        {
            Assert.Equal(0u, await notifier.Centre.ReportAsync(sms.Id, report));
        }

        Assert.Equal(state, await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task receipts_that_race_our_own_commit_are_all_applied()
    {
        notifier.Centre.States = ["sent", "delivered"];
        var requests = Enumerable.Range(0, 50).Select(_ => notifier.Request(NotifierFixture.NewMobile())).ToList();

        await Task.WhenAll(requests.Select(async request => (await notifier.HandOverAsync(request)).Dispose()));

        foreach (var request in requests)
        {
            await notifier.BecomesAsync(request.DeliveryId, "delivered");
        }
    }

    [Fact]
    public async Task a_receipt_for_nobody_is_not_taken_and_troubles_nobody() => Assert.Equal(0x64u, await notifier.Centre.ReportAsync("FFFFFFFF", "delivered"));
}
