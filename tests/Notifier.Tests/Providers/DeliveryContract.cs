using Ums.Messages.Events;
using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Wires;
using Ums.Testing;

namespace Ums.Notifier.Tests.Providers;

/// <summary>Notifier with one provider that carries both channels.</summary>
public abstract class DoubleFixture(Wire wire) : NotifierFixture
{
    internal ProviderDouble Far { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Far = await ProviderDouble.StartAsync(new DoubleOptions(wire) { KeepsRequests = true });
        await base.InitializeAsync();
        Far.Reporter.Callbacks = Client;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Far.DisposeAsync();
    }

    protected abstract Dictionary<string, string?> Account(string address);

    protected override void Configure(IDictionary<string, string?> settings)
    {
        foreach (var (key, value) in Account(Far.Address))
        {
            settings[key] = value;
        }
        settings["Providers:Timeout"] = "00:00:02";
        settings["Providers:BreakerThroughput"] = "10000";
    }
}

public sealed class TwilioFixture() : DoubleFixture(new TwilioWire())
{
    protected override Dictionary<string, string?> Account(string address) => TwilioTests.Account(address);
}

public sealed class SinchFixture() : DoubleFixture(new SinchWire { EventsAddress = $"{TestTokens.Issuer}webhooks/sinch/calls" })
{
    protected override Dictionary<string, string?> Account(string address) => SinchTests.Account(address);
}

/// <summary>A PIN's whole way through the service to a provider, and its receipts' way back, signed where the provider signs.</summary>
public abstract class DeliveryContract(DoubleFixture notifier)
{
    [Theory]
    [InlineData("sms", "delivered", "delivered")]
    [InlineData("sms", "failed", "failed")]
    [InlineData("sms", "delivered", "sent", "delivered", "sent", "failed")]
    [InlineData("voice", "delivered", "delivered")]
    [InlineData("voice", "failed", "failed")]
    [InlineData("voice", "delivered", "sent", "delivered", "delivered", "failed")]
    public async Task receipts_settle_a_message_once_and_for_all(string channel, string state, params string[] reports)
    {
        var (request, entry) = await SendAsync(channel);
        notifier.Far.Reporter.Answers.Clear();

        foreach (var report in reports)
        {
            await notifier.Far.Reporter.ReportAsync(entry, report);
        }

        Assert.Equal(state, await notifier.StateAsync(request.DeliveryId));
        Assert.All(notifier.Far.Reporter.Answers, answer => Assert.InRange((int)answer, 200, 204));
    }

    [Fact]
    public async Task neither_pin_nor_number_nor_credentials_stand_in_the_logs()
    {
        const string Pin = "7391528460";
        // Another test may have drawn the same number.
        var before = notifier.Far.SentTo("+46701740698").Count;
        using var sms = await notifier.HandOverAsync(notifier.Request("+46701740698", Pin));
        using var call = await notifier.HandOverAsync(notifier.Request("+46701740698", Pin, "voice"));

        Assert.Equal(before + 2, notifier.Far.SentTo("+46701740698").Count);
        Assert.DoesNotContain(Pin, notifier.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("46701740698", notifier.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", notifier.Logs.Text, StringComparison.Ordinal);
    }

    private async Task<(PinRequested Request, LedgerEntry Entry)> SendAsync(string channel)
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, channel: channel);
        using var answer = await notifier.HandOverAsync(request);
        await notifier.BecomesAsync(request.DeliveryId, "accepted");
        return (request, notifier.Far.SentTo(phone)[^1]);
    }
}

public class TwilioDeliveryTests(TwilioFixture notifier) : DeliveryContract(notifier), IClassFixture<TwilioFixture>;

public class SinchDeliveryTests(SinchFixture notifier) : DeliveryContract(notifier), IClassFixture<SinchFixture>;
