using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using static Ums.Contacts.Tests.Audiences.AudienceWorld;

namespace Ums.Contacts.Tests.Audiences;

/// <summary>The rules, each asked over the bus.</summary>
public sealed class WhoIsReachedTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly Audience Everyone = new() { Everyone = true };

    [Fact]
    public async Task everyone_is_everyone_old_enough_with_a_phone_and_alerts_on()
    {
        var world = await World().Person(Kungsgatan1, Mobile(1), "+46846500400").Company(Aallen, Mobile(2)).Person(Aallen).Protected(Aallen, Mobile(3)).ImportedAsync();

        var members = await world.ResolvedAsync(Everyone);

        Assert.Equal(Sorted("+46846500400", Mobile(1), Mobile(2)), Sorted([.. members.Select(member => member.Phone)]));
        Assert.False(members.Single(member => member.Phone == "+46846500400").Mobile);
        var one = members.Single(member => member.Phone == Mobile(1));
        Assert.Equal((true, 59.31f, 18.01f), (one.Mobile, one.Latitude, one.Longitude));
    }

    [Fact]
    public async Task sixteen_is_the_day_of_the_birthday_in_sweden()
    {
        var today = AgeLimit.SwedishDay(service.Time.GetUtcNow());
        var world = await World().Born(Kungsgatan1, Mobile(1), today.AddYears(-16)).Born(Kungsgatan1, Mobile(2), today.AddYears(-16).AddDays(1)).ImportedAsync();

        Assert.Equal([Mobile(1)], await world.PhonesAsync(Everyone));
    }

    [Fact]
    public async Task alerts_off_here_is_off_here_and_a_removed_address_or_phone_reaches_nobody()
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).Person(Kungsgatan1, Mobile(2)).Person(Kungsgatan1, Mobile(3)).Person(Kungsgatan1, Mobile(4)).ImportedAsync();
        await world.ChangeAsync("alerts = false", Mobile(1));
        await world.ChangeAsync("main = false, removed_at = now(), removed_by = 'resident'", Mobile(2));
        await service.ExecuteAsync("update phones set number = null, removed_at = now() where number_index = $1", world.Personal.Index(world.Organisation.Id, Mobile(3)));

        Assert.Equal([Mobile(4)], await world.PhonesAsync(Everyone));
    }

    [Theory]
    [InlineData("private", 1)]
    [InlineData("company", 2)]
    public async Task a_kind_is_only_that_kind(string kind, int phone)
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).Company(Kungsgatan1, Mobile(2)).ImportedAsync();

        Assert.Equal([Mobile(phone)], await world.PhonesAsync(Everyone with { Kind = kind }));
    }

    [Fact]
    public async Task each_part_covers_its_own_addresses_and_several_parts_their_union()
    {
        var far = House("fjallvagen-9", "Fjällvägen", 9, "98100", 104, 67.85, 20.22);
        var farm = House("garden-1", "Gården", 1, "98101", 0, 67.86, 20.30, gnr: 27);
        var world = await World().Person(Kungsgatan1, Mobile(1)).Person(Kungsgatan8, Mobile(2)).Person(Aallen, Mobile(3)).Person(far, Mobile(4)).Person(farm, Mobile(5)).ImportedAsync();

        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(new() { Areas = [Square] }));
        Assert.Equal([Mobile(1)], await world.PhonesAsync(new() { Areas = [Circle(18.010, 59.310, 60)] }));
        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(new() { Areas = [Circle(18.010, 59.310, 200)] }));
        Assert.Equal([Mobile(4), Mobile(5)], await world.PhonesAsync(new() { Areas = [Circle(20.2, 67.85, 10_000)] }));
        Assert.Equal([Mobile(1)], await world.PhonesAsync(new() { Streets = [new("0180", "KUNGSGATAN", 1, 7)] }));
        Assert.Equal([Mobile(2)], await world.PhonesAsync(new() { Streets = [new("0180", " kungsgatan ", 8, null)] }));
        Assert.Equal([Mobile(3), Mobile(4)], await world.PhonesAsync(new() { Streets = [new("0180", "ekallen", null, null), new("0180", "FJALLVÄGEN", null, 9)] }));
        Assert.Empty(await world.PhonesAsync(new() { Streets = [new("0181", "Kungsgatan", null, null)] }));
        Assert.Equal([Mobile(3)], await world.PhonesAsync(new() { Postcodes = ["11522"] }));
        Assert.Equal([Mobile(2)], await world.PhonesAsync(new() { Properties = [new(null, null, 102, null)] }));
        Assert.Equal([Mobile(5)], await world.PhonesAsync(new() { Properties = [new(27, null, null, null)] }));
        Assert.Empty(await world.PhonesAsync(new() { Properties = [new(27, 5, null, null)] }));
        Assert.Equal([Mobile(1), Mobile(2), Mobile(3), Mobile(4), Mobile(5)], await world.PhonesAsync(new()
        {
            Areas = [Square], Streets = [new("0180", "Kungsgatan", null, null)], Postcodes = ["11522"], Properties = [new(27, null, null, null), new(null, null, 104, null)],
        }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task the_count_before_is_a_hint_and_changes_nothing(int expected)
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).Person(Kungsgatan8, Mobile(2)).Person(Aallen, Mobile(3)).ImportedAsync();

        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(new() { Areas = [Square, Circle(18.010, 59.310, 50)] }, expected));
        Assert.Equal([Mobile(3)], await world.PhonesAsync(new() { Streets = [new("0180", "Ekallén", null, null)] }, expected));
        Assert.Equal([Mobile(2)], await world.PhonesAsync(new() { Properties = [new(null, null, 102, null)] }, expected));
    }

    [Fact]
    public async Task a_phone_that_two_entries_or_two_addresses_share_is_in_it_once()
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).Company(Aallen, Mobile(1)).Person(Kungsgatan8, Mobile(2)).ImportedAsync();
        await service.ExecuteAsync("""
            insert into addresses (id, organisation_id, contact_id, address_id, street, postcode, place, municipality_code, source, main, latitude, longitude, announced_at, created_at)
            select uuid_v7(), organisation_id, contact_id, 'second', 'Kungsgatan', '11143', 'Stockholm', '0180', 'supplementaryRegister', false, 59.312, 18.012, now(), now()
            from phones where organisation_id = $1 and number_index = $2
            """, world.Organisation.Id, world.Personal.Index(world.Organisation.Id, Mobile(2)));

        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(Everyone));
        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(Everyone with { OncePerHousehold = true }));
    }

    [Fact]
    public async Task the_list_is_all_in_it_once_known_or_not_but_nobody_under_sixteen()
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).Person(Aallen, Mobile(2)).Person(Aallen, Mobile(3), age: 15).Company(Kungsgatan1, Mobile(3)).ImportedAsync();
        await world.ChangeAsync("alerts = false", Mobile(2));
        var list = new[] { Mobile(1), Mobile(1), Mobile(2), Mobile(3), Mobile(99), "08-465 004 01" };

        var members = await world.ResolvedAsync(new() { Areas = [Square], Phones = list, Kind = "private" });

        Assert.Equal(Sorted("+46846500401", Mobile(1), Mobile(2), Mobile(99)), Sorted([.. members.Select(member => member.Phone)]));
        Assert.NotNull(members.Single(member => member.Phone == Mobile(1)).Latitude);
        Assert.Null(members.Single(member => member.Phone == Mobile(99)).Latitude);
        Assert.False(members.Single(member => member.Phone == "+46846500401").Mobile);
        Assert.Equal(Sorted("+46846500401", Mobile(1), Mobile(2), Mobile(99)), await world.PhonesAsync(new() { Phones = list }));
    }

    [Fact]
    public async Task once_per_household_takes_a_mobile_before_a_landline_and_no_one_beside_the_list()
    {
        var world = await World()
            .Person(Kungsgatan1, Mobile(1), "+46846500400").Person(Kungsgatan1, Mobile(2), age: 12).Person(Kungsgatan1)
            .Person(Kungsgatan8, null, "+46846500402")
            .Person(Aallen, Mobile(4)).Person(Aallen, Mobile(5)).ImportedAsync();
        var households = Everyone with { OncePerHousehold = true };

        var phones = await world.PhonesAsync(households);
        Assert.Equal(3, phones.Length);
        Assert.Superset(new HashSet<string> { Mobile(1), "+46846500402" }, phones.ToHashSet());

        Assert.Equal(Sorted("+46846500402", Mobile(1), Mobile(5), Mobile(98)), await world.PhonesAsync(households with { Phones = [Mobile(5), Mobile(98)] }));
        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from audience_phones"));
    }

    [Fact]
    public async Task nobody_is_one_empty_batch_that_is_the_last()
    {
        var world = await World().Person(Kungsgatan1, Mobile(1)).ImportedAsync();

        Assert.Empty(await world.ResolvedAsync(new() { Postcodes = ["99999"] }, expected: 100_000));
    }

    [Fact]
    public async Task another_organisations_people_are_not_there()
    {
        var neighbour = await World().Person(Kungsgatan1, Mobile(1)).ImportedAsync();
        var world = await World().Person(Kungsgatan8, Mobile(2)).ImportedAsync();

        Assert.Equal([Mobile(2)], await world.PhonesAsync(Everyone));
        Assert.Equal([Mobile(1)], await neighbour.PhonesAsync(new() { Areas = [Square] }));
        Assert.Equal(1, (await world.CountAsync(new() { Areas = [Square] })).GetProperty("phones").GetInt32());
    }

    private AudienceWorld World() => new(service);

    private static string[] Sorted(params string[] phones) => [.. phones.Order(StringComparer.Ordinal)];
}
