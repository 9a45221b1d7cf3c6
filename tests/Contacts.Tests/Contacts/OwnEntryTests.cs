using System.Net;
using System.Net.Http.Json;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Contacts;

public sealed class OwnEntryTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task the_name_is_hidden_and_shown_again_and_each_is_told_once()
    {
        var resident = await service.RegisteredAsync();

        foreach (var hidden in new[] { true, true, false })
        {
            await ReadAsync(await resident.Http.PutAsJsonAsync("/api/contact/name-visibility", new { hidden }), HttpStatusCode.NoContent);
            Assert.Equal(hidden, (await resident.ContactAsync()).GetProperty("nameHidden").GetBoolean());
        }

        var id = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        await service.Bus.PublishedAsync<ContactChanged>(e => e.ContactId == id && e.Version == 5);
        Assert.Equal(2, service.Bus.Published<ContactChanged>(e => e.ContactId == id && e.Changed == "nameVisibility").Count);
    }

    [Fact]
    public async Task removing_an_entry_that_the_resident_made_erases_it()
    {
        var resident = await service.RegisteredAsync();
        var id = (await resident.ContactAsync()).GetProperty("id").GetGuid();

        await ReadAsync(await resident.Http.DeleteAsync("/api/contact"), HttpStatusCode.NoContent);

        await RefusedAsync(await resident.Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
        await RefusedAsync(await resident.Http.DeleteAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
        foreach (var table in new[] { "phones", "addresses" })
        {
            Assert.Equal(0, await service.QueryAsync<long>($"select count(*) from {table} where contact_id = $1", id));
        }
        await service.Bus.PublishedAsync<ContactRemoved>(e => e.ContactId == id);
    }

    [Fact]
    public async Task a_removed_number_can_register_anew()
    {
        var resident = await service.RegisteredAsync();
        await resident.Http.DeleteAsync("/api/contact");

        Assert.Equal(1, (await resident.RegisterAsync()).GetProperty("phones").GetArrayLength());
    }

    [Fact]
    public async Task changes_at_the_same_time_lose_nothing_and_count_on()
    {
        var resident = await service.RegisteredAsync();
        var first = await resident.AddressIdAsync(Neighbours.SanktEriksgatan);

        var answers = await Task.WhenAll(
            resident.AddAddressAsync(Neighbours.BirgerJarlsgatan, main: true),
            resident.AddAddressAsync(Neighbours.BirgerJarlsgatanB, main: true),
            resident.SwitchAlertsAsync(first, false),
            resident.Http.PutAsJsonAsync("/api/contact/name-visibility", new { hidden = true }),
            resident.AddPhoneAsync(ContactsFixture.FreshNumber()));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        var contact = await resident.ContactAsync();
        Assert.Equal(3, contact.GetProperty("addresses").GetArrayLength());
        Assert.Single(contact.GetProperty("addresses").EnumerateArray(), address => address.GetProperty("main").GetBoolean());
        var export = await resident.ExportAsync();
        var versions = export.GetProperty("audit").EnumerateArray().Select(line => line.GetProperty("version").GetInt64()).ToArray();
        Assert.Equal(Enumerable.Range(1, versions.Length).Select(n => (long)n), versions);
        Assert.Equal(export.GetProperty("version").GetInt64(), versions[^1]);
    }
}
