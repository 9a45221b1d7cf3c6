using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

/// <summary>Notifier with SMS by 46elks, and the telephone double behind it for calls and for what 46elks does not take.</summary>
public class FortySixElksFixture : NotifierFixture
{
    internal ProviderDouble Elks { get; private set; } = null!;

    internal static Dictionary<string, string?> Account(string address) => new()
    {
        ["Providers:Use:0"] = "46elks",
        ["Providers:FortySixElks:Username"] = FortySixElksWire.Username,
        ["Providers:FortySixElks:Password"] = FortySixElksWire.Password,
        ["Providers:FortySixElks:Address"] = address,
    };

    public override async Task InitializeAsync()
    {
        Elks = await ProviderDouble.StartAsync(new DoubleOptions(new FortySixElksWire()) { KeepsRequests = true });
        await base.InitializeAsync();
        Elks.Reporter.Callbacks = Client;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Elks.DisposeAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        foreach (var (key, value) in Account(Elks.Address))
        {
            settings[key] = value;
        }
        settings["Providers:Use:1"] = "phone";
        settings["Providers:Timeout"] = "00:00:02";
        // These tests make more faults than any breaker likes; it has tests of its own.
        settings["Providers:BreakerThroughput"] = "10000";
    }
}

/// <summary>Notifier with calls by 46elks too.</summary>
public class FortySixElksCallFixture : FortySixElksFixture
{
    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Providers:FortySixElks:CallerId"] = "+46846500499";
    }
}
