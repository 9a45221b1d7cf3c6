using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Histories say who it was by name; where Identity cannot say, by the end of the id.</summary>
public sealed class ColleagueNamesTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public ColleagueNamesTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role, operators.Who) = (false, false, 600, Roles.Editor, OperatorsDouble.Kim);
    }

    [Fact]
    public async Task an_alerts_history_names_who_wrote_it()
    {
        gateway.Town.Identity.Operators.Role = Roles.Approver;
        var alert = gateway.Town.Alerts.Put("submitted");
        var browser = await OperatorTests.SignedInAsync(gateway);

        await browser.GetAsync($"/admin/varningar/{alert}");
        Assert.Contains("Gun God skrev varningen", browser.Page, StringComparison.Ordinal);

        gateway.Town.Organisation.HidesColleagues = true;
        await browser.GetAsync($"/admin/varningar/{alert}");
        Assert.Contains($"Operatör {OrganisationDouble.Gun.ToString()[^4..]} skrev varningen", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_persons_card_and_an_import_name_colleagues_and_oneself_as_you()
    {
        var (person, import) = (gateway.Town.Records.Put(), gateway.Town.Register.Put("ready"));
        gateway.Town.Identity.Operators.Who = OrganisationDouble.Gun;
        var browser = await OperatorTests.SignedInAsync(gateway);

        await browser.GetAsync($"/admin/kontakter/{person}");
        Assert.Contains("Du lade till ett nummer", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync($"/admin/register/{import}");
        Assert.Contains("skickad av Kim <Berg>", browser.Page, StringComparison.Ordinal);
    }
}
