using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Long files over real connections: they pass the limit that all other forms have, and who is refused hears why, however much they had left to say.</summary>
public sealed class RegisterWireTests : IClassFixture<WireFixture>
{
    private static readonly string Large = new('x', 20_000_000);

    private readonly WireFixture gateway;

    public RegisterWireTests(WireFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Editor);
    }

    [Fact]
    public async Task a_file_of_many_megabytes_passes()
    {
        var browser = await SignedInAsync();
        Assert.StartsWith("/admin/register/", OperatorTests.PathOf(await RegisterPageTests.SendAsync(browser, "folk.csv", Large)), StringComparison.Ordinal);
        Assert.Equal(Large.Length, Assert.Single(gateway.Town.Register.Files).Body.Length);
    }

    [Fact]
    public async Task one_that_is_refused_before_it_comes_is_heard_out()
    {
        var browser = await SignedInAsync();
        gateway.Town.Register.Refusal = "import-under-way";
        Assert.Equal("/admin/register?fel=pagar", OperatorTests.PathOf(await RegisterPageTests.SendAsync(browser, "folk.csv", Large)));
        Assert.Equal("/admin/register?fel=sort", OperatorTests.PathOf(await RegisterPageTests.SendAsync(browser, "folk.xlsx", Large)));
        Assert.Equal("/admin/register?fel=gammal", OperatorTests.PathOf(await RegisterPageTests.SendAsync(browser, "folk.csv", Large, withToken: false)));
    }

    [Fact]
    public async Task contacts_that_is_away_is_said()
    {
        var browser = await SignedInAsync();
        gateway.Town.Away["contacts"] = true;
        Assert.Equal("/admin/register?fel=borta", OperatorTests.PathOf(await RegisterPageTests.SendAsync(browser, "folk.csv", Large)));
    }

    [Fact]
    public async Task a_stranger_is_led_to_the_sign_in_when_the_file_has_come() => Assert.StartsWith(
        "/admin/logga-in", OperatorTests.PathOf(await RegisterPageTests.SendAsync(new Browser(gateway.NewVisitor()), "folk.csv", Large)), StringComparison.Ordinal);

    private async Task<Browser> SignedInAsync()
    {
        var browser = new Browser(gateway.NewVisitor());
        await OperatorTests.SignInAsync(browser);
        await browser.GetAsync("/admin/register");
        return browser;
    }
}
