using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Ums.Contacts.Contacts;
using Ums.Contacts.Demo;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.Tests.Demo;

public sealed class DemoRegisterTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly HashSet<string> Fiction =
        [.. FictionNumbers.Mobile, .. FictionNumbers.Gothenburg, .. FictionNumbers.Malmo, .. FictionNumbers.Stockholm, .. FictionNumbers.Kiruna];

    [Fact]
    public void all_numbers_are_those_that_the_regulator_keeps_for_fiction_and_reachable_in_our_system()
    {
        Assert.Equal(495, Fiction.Count);
        Assert.Equal(("+46701740605", "+46701740699"), (FictionNumbers.Mobile[0], FictionNumbers.Mobile[^1]));
        Assert.Equal(("+46313900600", "+46406280400", "+46846500400", "+46980319200"),
            (FictionNumbers.Gothenburg[0], FictionNumbers.Malmo[0], FictionNumbers.Stockholm[0], FictionNumbers.Kiruna[0]));
        Assert.All(Fiction, number => Assert.Equal(number.StartsWith("+467", StringComparison.Ordinal) ? PhoneKind.Mobile : PhoneKind.Landline, PhoneNumber.Parse(number).Kind));
        foreach (var row in DemoPlan.All.SelectMany(Rows))
        {
            Assert.All(new[] { row.Mobile, row.Landline }.OfType<string>(), number => Assert.Contains(number, Fiction));
        }
    }

    [Fact]
    public void the_register_has_some_twenty_thousand_people_most_without_a_number_and_all_usable()
    {
        var rows = DemoPlan.All.SelectMany(Rows).ToList();

        Assert.InRange(rows.Count, 19_500, 20_500);
        Assert.All(rows, row => Assert.True(ScreenRow.IsUsable(row)));
        Assert.Equal(rows.Count, rows.Select(row => row.Key).Distinct().Count());
        Assert.InRange(rows.Count(row => row.Mobile is not null || row.Landline is not null), 300, 1500);
        Assert.InRange(rows.Count(row => row.IsProtected), 5, 100);
        Assert.InRange(rows.Count(row => row.Kind == ContactKind.Company), 50, 500);
        Assert.InRange(rows.Count(row => row.BirthDate > new DateOnly(2010, 11, 1)), 1000, 6000);
    }

    [Fact]
    public void the_same_plan_makes_the_same_people() => Assert.Equal(Rows(DemoPlan.All[0]), Rows(DemoPlan.All[0]));

    [Fact]
    public void no_number_has_two_holders_of_one_kind_in_an_organisation_and_some_are_nobodys()
    {
        foreach (var plan in DemoPlan.All)
        {
            var numbers = Rows(plan).SelectMany(row => new[] { row.Mobile, row.Landline }.OfType<string>().Select(number => (row.Kind, number))).ToList();
            Assert.Equal(numbers.Count, numbers.Distinct().Count());
            Assert.DoesNotContain(numbers, holder => holder.number == "+46701740690");
        }
    }

    [Fact]
    public async Task the_demo_is_imported_once_within_seconds_and_its_known_people_sign_in()
    {
        var (demo, started) = (ActivatorUtilities.CreateInstance<ImportDemoRegister>(service.Services), Stopwatch.GetTimestamp());
        var plan = DemoPlan.All.Single(plan => plan.Slug == "stockholm");

        Assert.True(await demo.TryAsync(plan, CancellationToken.None));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 30);
        Assert.True(await demo.TryAsync(plan, CancellationToken.None));

        Assert.Equal(1, await service.QueryAsync<long>("select count(*) from register_imports where organisation_id = $1", ContactsFixture.Stockholm.Id));
        Assert.InRange(await service.QueryAsync<long>("select count(*) from contacts where organisation_id = $1", ContactsFixture.Stockholm.Id), 5900, 6000);
        foreach (var known in KnownPeople.Of("stockholm"))
        {
            var contact = await service.Stranger(phone: known.Mobile ?? known.Landline, kind: known.Kind == ContactKind.Company ? "company" : "private").ContactAsync();
            Assert.Equal($"{known.GivenName[0]}•••", contact.GetProperty("givenName").GetString());
            Assert.Equal(known.CompanyName, contact.GetProperty("companyName").GetString());
        }
    }

    [Fact]
    public async Task the_demo_waits_for_its_neighbours()
    {
        var demo = ActivatorUtilities.CreateInstance<ImportDemoRegister>(service.Services);
        var plan = DemoPlan.All.Single(plan => plan.Slug == "pitea") with { People = 20 };

        service.Neighbours.GeocodingIsAway = true;
        Assert.False(await demo.TryAsync(plan, CancellationToken.None));
        service.Neighbours.GeocodingIsAway = false;

        Assert.True(await demo.TryAsync(plan, CancellationToken.None));
    }

    private static List<RegisterRow> Rows(DemoPlan plan)
    {
        var homes = Enumerable.Range(1, plan.Homes).Select(n => new AddressFacts($"{plan.Slug}-{n}", "Provgatan", n, null, "11111", "Provstad", plan.MunicipalityCode)).ToList();
        return [.. new DemoPeople(plan, homes).Rows()];
    }
}
