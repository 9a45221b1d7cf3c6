using System.Net;
using System.Text.Json;
using Ums.Contacts.RegisterImport;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.RegisterImport;

public sealed class ImportTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private readonly RegisterWorld world = new(service);

    [Fact]
    public async Task a_number_that_the_register_knows_meets_its_own_data_and_no_more_than_a_pin_may_show()
    {
        await world.ImportAsync(world.AnnasRow with { Landline = "+46846500401" });

        var contact = await world.SignedIn(world.Anna).ContactAsync();

        Assert.Equal("publicRegister", contact.GetProperty("source").GetString());
        Assert.Equal(("A•••", "L•••"), (contact.GetProperty("givenName").GetString(), contact.GetProperty("familyName").GetString()));
        Assert.Equal(JsonValueKind.Null, contact.GetProperty("birthDate").ValueKind);
        Assert.Equal([world.Anna, "+46846500401"], contact.GetProperty("phones").EnumerateArray().Select(phone => phone.GetProperty("number").GetString()));
        var address = Assert.Single(contact.GetProperty("addresses").EnumerateArray());
        Assert.True(address.GetProperty("main").GetBoolean());
        Assert.True(address.GetProperty("alerts").GetBoolean());
        Assert.True(address.GetProperty("located").GetBoolean());
        Assert.Equal(10088920, address.GetProperty("fnr").GetInt32());
    }

    [Fact]
    public async Task the_same_register_twice_changes_nothing()
    {
        Assert.Equal((2, 0, 0, 0), Numbers(await world.ImportAsync(world.AnnasRow, world.BosRow)));
        var before = (await world.SignedIn(world.Anna).ContactAsync()).GetRawText();

        Assert.Equal((0, 0, 0, 0), Numbers(await world.ImportAsync(world.AnnasRow, world.BosRow)));

        Assert.Equal(before, (await world.SignedIn(world.Anna).ContactAsync()).GetRawText());
        Assert.Equal(2, await world.CountAsync("audit_entries"));
        Assert.Equal(0, await world.CountAsync("register_rows"));
    }

    [Fact]
    public async Task an_import_tells_what_it_did()
    {
        await world.ImportAsync(world.AnnasRow, world.BosRow);

        var outcome = await world.ImportAsync(
            world.AnnasRow with { FamilyName = "Lindqvist" },
            RegisterWorld.Row("cecilia", "Cecilia", null, Neighbours.SanktEriksgatan),
            RegisterWorld.Row("nameless", "", null, Neighbours.SanktEriksgatan),
            RegisterWorld.Row("birthless", "X", null, Neighbours.SanktEriksgatan) with { BirthDate = null },
            RegisterWorld.Row("wrong-number", "X", "112", Neighbours.SanktEriksgatan),
            RegisterWorld.Row("ambiguous", "X", null, Neighbours.SanktEriksgatan) with { Street = "No such street" },
            RegisterWorld.Row("endless", "X", null, Neighbours.SanktEriksgatan) with { Street = new string('a', 201) },
            RegisterWorld.Row("outside", "X", null, Neighbours.Storgatan));

        Assert.Equal((1, 1, 1, 6), Numbers(outcome));
        var told = await service.Bus.PublishedAsync<RegisterImported>(e => e.ImportId == outcome.Id);
        Assert.Equal((world.Organisation.Id, 1, 1, 1, 6), (told.OrganisationId, told.Added, told.Changed, told.Gone, told.Refused));
    }

    [Fact]
    public async Task who_is_gone_from_a_complete_register_is_erased_and_an_extract_says_nothing_about_the_others()
    {
        await world.ImportAsync(world.AnnasRow, world.BosRow);
        var bo = (await world.SignedIn(world.Bo).ContactAsync()).GetProperty("id").GetGuid();

        await world.ImportAsync([world.AnnasRow], complete: false);
        await world.SignedIn(world.Bo).ContactAsync();
        await world.ImportAsync(world.AnnasRow);

        await RefusedAsync(await world.SignedIn(world.Bo).Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
        Assert.Equal(1, await world.CountAsync("contacts"));
        Assert.Equal(2, (await service.Bus.PublishedAsync<ContactRemoved>(e => e.ContactId == bo)).Version);
    }

    [Fact]
    public async Task a_protected_identity_is_never_stored_and_earlier_copies_are_purged()
    {
        await world.ImportAsync(world.AnnasRow, world.BosRow);
        await world.SignedIn(world.Anna).AddAddressAsync(Neighbours.BirgerJarlsgatan);

        var outcome = await world.ImportAsync(
            world.AnnasRow with { IsProtected = true }, world.BosRow, RegisterWorld.Row("new", "Hemlig", null, Neighbours.SanktEriksgatan) with { IsProtected = true });

        Assert.Equal((0, 0, 1, 2), Numbers(outcome));
        Assert.Equal((1L, 1L, 1L), (await world.CountAsync("contacts"), await world.CountAsync("phones"), await world.CountAsync("addresses")));
        await RefusedAsync(await world.SignedIn(world.Anna).Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
    }

    [Fact]
    public async Task a_move_in_the_register_moves_the_main_address()
    {
        await world.ImportAsync(world.AnnasRow);

        await world.ImportAsync(RegisterWorld.Row("anna", "Anna", world.Anna, Neighbours.BirgerJarlsgatan));

        var address = Assert.Single((await world.SignedIn(world.Anna).ContactAsync()).GetProperty("addresses").EnumerateArray());
        Assert.Equal((Neighbours.BirgerJarlsgatan.AddressId, true), (address.GetProperty("addressId").GetString(), address.GetProperty("main").GetBoolean()));
    }

    [Fact]
    public async Task a_number_that_the_register_changes_is_changed()
    {
        await world.ImportAsync(world.AnnasRow);

        await world.ImportAsync(world.AnnasRow with { Mobile = world.Bo });

        var phone = Assert.Single((await world.SignedIn(world.Bo).ContactAsync()).GetProperty("phones").EnumerateArray());
        Assert.Equal(world.Bo, phone.GetProperty("number").GetString());
    }

    [Fact]
    public async Task a_number_that_a_resident_registered_stays_theirs_and_the_entry_counts_as_compared()
    {
        var resident = world.SignedIn(world.Anna);
        var own = await resident.RegisterAsync();

        Assert.Equal((1, 0, 0, 0), Numbers(await world.ImportAsync(world.AnnasRow)));

        var contact = await resident.ContactAsync();
        Assert.Equal(own.GetProperty("id").GetString(), contact.GetProperty("id").GetString());
        Assert.Equal("supplementaryRegister", contact.GetProperty("source").GetString());
        Assert.False(contact.GetProperty("isNew").GetBoolean());
        Assert.Equal((2L, 1L), (await world.CountAsync("contacts"), await world.CountAsync("phones")));
    }

    [Fact]
    public async Task replicas_that_import_at_once_import_once()
    {
        var rows = Enumerable.Range(0, 300).Select(n => RegisterWorld.Row($"person-{n}", "Anna", null, Neighbours.SanktEriksgatan)).ToArray();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ImportAsync(rows)));

        Assert.Equal(300, outcomes.Sum(outcome => outcome.Added));
        Assert.All(outcomes, outcome => Assert.Equal((0, 0), (outcome.Changed, outcome.Gone)));
        Assert.Equal((300L, 300L, 0L), (await world.CountAsync("contacts"), await world.CountAsync("addresses"), await world.CountAsync("register_rows")));
    }

    [Fact]
    public async Task an_import_waits_for_Geocoding()
    {
        service.Neighbours.GeocodingIsAway = true;
        var import = world.ImportAsync(world.AnnasRow);
        await Task.Delay(500);
        Assert.False(import.IsCompleted);
        service.Neighbours.GeocodingIsAway = false;

        Assert.Equal((1, 0, 0, 0), Numbers(await import));
    }

    [Fact]
    public async Task the_same_key_twice_in_one_register_is_one_person() =>
        Assert.Equal((1, 0, 0, 0), Numbers(await world.ImportAsync(world.AnnasRow, world.AnnasRow with { GivenName = "Anne" })));

    private static (int Added, int Changed, int Gone, int Refused) Numbers(ImportOutcome outcome) => (outcome.Added, outcome.Changed, outcome.Gone, outcome.Refused);
}
