using Ums.Gateway.Tests.Doubles;
using Ums.Testing;

namespace Ums.Gateway.Tests;

/// <summary>The gateway before doubles of the services.</summary>
public class GatewayFixture : ServiceFixture<Program>
{
    public TownDoubles Town { get; private set; } = null!;

    /// <summary>A browser of its own, in which nobody is signed in.</summary>
    public Browser NewBrowser() => new(ClientWith(new Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactoryClientOptions
    {
        AllowAutoRedirect = false,
        HandleCookies = false,
        BaseAddress = new Uri(TestTokens.Issuer),
    }));

    /// <summary>A browser in which Astrid is signed in.</summary>
    public async Task<Browser> SignedInAsync(string kind = "private")
    {
        Town.Identity.Kind = kind;
        var browser = NewBrowser();
        await browser.GetAsync("/k/stockholm");
        await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "070-174 06 05", ["Role"] = kind, ["altcha"] = "solved" });
        await browser.GetAsync("/pin");
        var signedIn = await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" });
        Xunit.Assert.Equal("/min-sida", signedIn.Headers.Location?.OriginalString);
        return browser;
    }

    public override async Task InitializeAsync()
    {
        Town = await TownDoubles.StartAsync(Tokens);
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Town.DisposeAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        foreach (var service in (string[])["identity", "contacts", "geocoding", "notifier"])
        {
            settings[$"services:{service}:http:0"] = Town.Address;
        }
    }
}
