using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.RegisterImport;

/// <summary>A later import never overwrites what a resident changed or switched off.</summary>
public sealed class ResidentsWillTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private readonly RegisterWorld world = new(service);

    private Resident Anna => world.SignedIn(world.Anna);

    [Fact]
    public async Task a_record_that_the_resident_removed_is_switched_off_for_every_later_import()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.AddAddressAsync(Neighbours.BirgerJarlsgatan, main: true);
        await Anna.AddPhoneAsync(world.Bo);

        await ReadAsync(await Anna.Http.DeleteAsync("/api/contact"), HttpStatusCode.NoContent);

        var contact = await Anna.ContactAsync();
        var address = Assert.Single(contact.GetProperty("addresses").EnumerateArray());
        Assert.Equal((Neighbours.SanktEriksgatan.AddressId, true, false), Of(address));
        Assert.Single(contact.GetProperty("phones").EnumerateArray());
        Assert.True((await Anna.ExportAsync()).GetProperty("sendingSwitchedOff").GetBoolean());

        await world.ImportAsync(RegisterWorld.Row("anna", "Anna", world.Anna, Neighbours.BirgerJarlsgatanB));
        Assert.Equal((Neighbours.BirgerJarlsgatanB.AddressId, true, false), Of(Assert.Single((await Anna.ContactAsync()).GetProperty("addresses").EnumerateArray())));

        await world.ImportAsync(world.BosRow with { Mobile = null });
        await world.ImportAsync(world.AnnasRow);
        Assert.Equal((Neighbours.SanktEriksgatan.AddressId, true, false), Of(Assert.Single((await Anna.ContactAsync()).GetProperty("addresses").EnumerateArray())));
    }

    [Fact]
    public async Task whoever_switches_alerts_on_again_is_back()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.Http.DeleteAsync("/api/contact");

        await ReadAsync(await Anna.SwitchAlertsAsync(await Anna.AddressIdAsync(Neighbours.SanktEriksgatan), true), HttpStatusCode.NoContent);
        await world.ImportAsync(RegisterWorld.Row("anna", "Anna", world.Anna, Neighbours.BirgerJarlsgatanB));

        Assert.False((await Anna.ExportAsync()).GetProperty("sendingSwitchedOff").GetBoolean());
        Assert.Contains((await Anna.ContactAsync()).GetProperty("addresses").EnumerateArray(), address => Of(address) == (Neighbours.BirgerJarlsgatanB.AddressId, true, true));
    }

    [Fact]
    public async Task alerts_that_were_switched_off_stay_off_when_the_person_moves_away_and_back()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.SwitchAlertsAsync(await Anna.AddressIdAsync(Neighbours.SanktEriksgatan), false);

        await world.ImportAsync(world.AnnasRow with { FamilyName = "Annan" });
        Assert.False((await Anna.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("alerts").GetBoolean());
        await world.ImportAsync(RegisterWorld.Row("anna", "Anna", world.Anna, Neighbours.BirgerJarlsgatanB));
        Assert.Equal((Neighbours.BirgerJarlsgatanB.AddressId, true, true), Of(Assert.Single((await Anna.ContactAsync()).GetProperty("addresses").EnumerateArray())));
        await world.ImportAsync(world.AnnasRow);

        Assert.Equal((Neighbours.SanktEriksgatan.AddressId, true, false), Of(Assert.Single((await Anna.ContactAsync()).GetProperty("addresses").EnumerateArray())));
    }

    [Fact]
    public async Task a_number_or_an_address_that_was_removed_does_not_come_back()
    {
        await world.ImportAsync(world.AnnasRow with { Landline = "+46846500402" });
        await Anna.AddAddressAsync(Neighbours.BirgerJarlsgatan, main: true);
        var contact = await Anna.ContactAsync();
        var landline = contact.GetProperty("phones").EnumerateArray().Single(phone => phone.GetProperty("kind").GetString() == "landline").GetProperty("id").GetString();
        await ReadAsync(await Anna.Http.DeleteAsync($"/api/contact/phones/{landline}"), HttpStatusCode.NoContent);
        await ReadAsync(await Anna.Http.DeleteAsync($"/api/contact/addresses/{await Anna.AddressIdAsync(Neighbours.SanktEriksgatan)}"), HttpStatusCode.NoContent);

        await world.ImportAsync(world.AnnasRow with { Landline = "+46846500402", FamilyName = "Annan" });

        contact = await Anna.ContactAsync();
        Assert.Equal(world.Anna, Assert.Single(contact.GetProperty("phones").EnumerateArray()).GetProperty("number").GetString());
        Assert.Equal((Neighbours.BirgerJarlsgatan.AddressId, true, true), Of(Assert.Single(contact.GetProperty("addresses").EnumerateArray())));
    }

    [Fact]
    public async Task a_chosen_main_address_a_hidden_name_and_an_added_number_stay_when_the_register_moves_the_person()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.AddAddressAsync(Neighbours.BirgerJarlsgatan, main: true);
        await Anna.AddPhoneAsync(world.Bo);
        await Anna.Http.PutAsJsonAsync("/api/contact/name-visibility", new { hidden = true });

        await world.ImportAsync(RegisterWorld.Row("anna", "Annika", world.Anna, Neighbours.BirgerJarlsgatanB));

        var contact = await Anna.ContactAsync();
        Assert.Equal(
            [(Neighbours.BirgerJarlsgatan.AddressId, true, true), (Neighbours.BirgerJarlsgatanB.AddressId, false, true)],
            contact.GetProperty("addresses").EnumerateArray().Select(Of));
        Assert.True(contact.GetProperty("nameHidden").GetBoolean());
        Assert.Equal(2, contact.GetProperty("phones").GetArrayLength());
    }

    [Fact]
    public async Task who_leaves_the_register_but_had_added_an_address_keeps_it_as_their_own_entry()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.AddAddressAsync(Neighbours.BirgerJarlsgatan);

        await world.ImportAsync(world.BosRow);

        var contact = await Anna.ContactAsync();
        Assert.Equal("supplementaryRegister", contact.GetProperty("source").GetString());
        Assert.Equal((Neighbours.BirgerJarlsgatan.AddressId, true, true), Of(Assert.Single(contact.GetProperty("addresses").EnumerateArray())));
    }

    [Fact]
    public async Task who_leaves_with_something_switched_off_comes_back_switched_off()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.SwitchAlertsAsync(await Anna.AddressIdAsync(Neighbours.SanktEriksgatan), false);

        await world.ImportAsync(world.BosRow);
        await world.ImportAsync(world.AnnasRow, world.BosRow);

        Assert.False((await Anna.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("alerts").GetBoolean());
    }

    [Fact]
    public async Task registering_where_the_register_knows_the_number_is_refused_with_what_is_there()
    {
        await world.ImportAsync(world.AnnasRow);

        var problem = await RefusedAsync(await Anna.Http.PostAsJsonAsync("/api/contact", Form()), HttpStatusCode.Conflict, "already-registered");

        Assert.Equal("A•••", problem.GetProperty("contact").GetProperty("givenName").GetString());
    }

    [Fact]
    public async Task the_export_of_a_public_record_says_what_it_withholds()
    {
        await world.ImportAsync(world.AnnasRow);
        await Anna.SwitchAlertsAsync(await Anna.AddressIdAsync(Neighbours.SanktEriksgatan), false);

        var export = await Anna.ExportAsync();

        Assert.Equal(["givenName", "familyName", "birthDate"], export.GetProperty("withheld").EnumerateArray().Select(field => field.GetString()));
        Assert.DoesNotContain("19840517", export.GetRawText());
        Assert.Equal(["register", "resident"], export.GetProperty("audit").EnumerateArray().Select(line => line.GetProperty("actor").GetString()));
    }

    private static (string? AddressId, bool Main, bool Alerts) Of(JsonElement address) =>
        (address.GetProperty("addressId").GetString(), address.GetProperty("main").GetBoolean(), address.GetProperty("alerts").GetBoolean());
}
