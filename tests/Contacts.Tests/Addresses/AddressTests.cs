using System.Net;
using System.Net.Http.Json;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Addresses;

public sealed class AddressTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task an_extra_address_is_added_beside_the_main_one()
    {
        var resident = await service.RegisteredAsync();

        var added = await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);

        Assert.Equal(("a", false, true), (added.GetProperty("letter").GetString(), added.GetProperty("main").GetBoolean(), added.GetProperty("alerts").GetBoolean()));
        var addresses = (await resident.ContactAsync()).GetProperty("addresses");
        Assert.Equal([true, false], addresses.EnumerateArray().Select(address => address.GetProperty("main").GetBoolean()));
        var id = added.GetProperty("id").GetGuid();
        await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactAddressId == id && !e.Main);
    }

    [Fact]
    public async Task an_address_added_as_main_takes_over()
    {
        var resident = await service.RegisteredAsync();

        await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan, main: true);

        Assert.True((await resident.AddressAsync(Neighbours.BirgerJarlsgatan)).GetProperty("main").GetBoolean());
        Assert.False((await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("main").GetBoolean());
    }

    [Fact]
    public async Task an_address_is_added_once()
    {
        var resident = await service.RegisteredAsync();

        await RefusedAsync(await resident.AddAddressAsync(Neighbours.SanktEriksgatan), HttpStatusCode.Conflict, "already-added");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => resident.AddAddressAsync(Neighbours.BirgerJarlsgatan)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task another_address_becomes_the_main_one_and_back()
    {
        var resident = await service.RegisteredAsync();
        await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        var extra = await resident.AddressIdAsync(Neighbours.BirgerJarlsgatan);

        await ReadAsync(await resident.Http.PutAsync($"/api/contact/addresses/{extra}/main", null), HttpStatusCode.NoContent);
        await ReadAsync(await resident.Http.PutAsync($"/api/contact/addresses/{extra}/main", null), HttpStatusCode.NoContent);

        Assert.True((await resident.AddressAsync(Neighbours.BirgerJarlsgatan)).GetProperty("main").GetBoolean());
        Assert.False((await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("main").GetBoolean());
        await service.Bus.PublishedAsync<MainAddressChanged>(e => e.ContactAddressId == Guid.Parse(extra));
        Assert.Single(service.Bus.Published<MainAddressChanged>(e => e.ContactAddressId == Guid.Parse(extra)));
    }

    [Fact]
    public async Task an_extra_address_is_removed_the_main_and_the_last_one_are_not()
    {
        var resident = await service.RegisteredAsync();
        var main = await resident.AddressIdAsync(Neighbours.SanktEriksgatan);

        await RefusedAsync(await resident.Http.DeleteAsync($"/api/contact/addresses/{main}"), HttpStatusCode.Conflict, "last-address");
        await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        await RefusedAsync(await resident.Http.DeleteAsync($"/api/contact/addresses/{main}"), HttpStatusCode.Conflict, "main-address");
        var extra = await resident.AddressIdAsync(Neighbours.BirgerJarlsgatan);
        await ReadAsync(await resident.Http.DeleteAsync($"/api/contact/addresses/{extra}"), HttpStatusCode.NoContent);
        await RefusedAsync(await resident.Http.DeleteAsync($"/api/contact/addresses/{extra}"), HttpStatusCode.NotFound, "not-found");

        Assert.Single((await resident.ContactAsync()).GetProperty("addresses").EnumerateArray());
        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from addresses where id = $1", Guid.Parse(extra)));
        await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);
    }

    [Fact]
    public async Task alerts_are_switched_off_and_on_for_one_address()
    {
        var resident = await service.RegisteredAsync();
        await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        var extra = await resident.AddressIdAsync(Neighbours.BirgerJarlsgatan);

        await ReadAsync(await resident.SwitchAlertsAsync(extra, false), HttpStatusCode.NoContent);
        await ReadAsync(await resident.SwitchAlertsAsync(extra, false), HttpStatusCode.NoContent);

        Assert.False((await resident.AddressAsync(Neighbours.BirgerJarlsgatan)).GetProperty("alerts").GetBoolean());
        Assert.True((await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("alerts").GetBoolean());
        await ReadAsync(await resident.SwitchAlertsAsync(extra, true), HttpStatusCode.NoContent);
        Assert.True((await resident.AddressAsync(Neighbours.BirgerJarlsgatan)).GetProperty("alerts").GetBoolean());
        await service.Bus.PublishedAsync<AddressAlertsChanged>(e => e.ContactAddressId == Guid.Parse(extra) && e.Enabled);
        Assert.Equal(2, service.Bus.Published<AddressAlertsChanged>(e => e.ContactAddressId == Guid.Parse(extra)).Count);
    }

    [Fact]
    public async Task an_address_outside_the_organisation_is_refused_with_the_way_to_the_right_portal()
    {
        var resident = await service.RegisteredAsync();

        foreach (var answer in new[]
                 {
                     await resident.AddAddressAsync(Neighbours.Storgatan),
                     await service.Stranger().Http.PostAsJsonAsync("/api/contact", Form(Neighbours.Storgatan)),
                 })
        {
            var problem = await RefusedAsync(answer, HttpStatusCode.UnprocessableEntity, "address-outside-organisation");
            Assert.Equal("2581", problem.GetProperty("municipality").GetString());
            Assert.Equal(["pitea", "exempel-energi"], problem.GetProperty("organisations").EnumerateArray().Select(o => o.GetProperty("slug").GetString()));
        }
        var nowhere = await RefusedAsync(await resident.AddAddressAsync(Neighbours.NobodysStreet), HttpStatusCode.UnprocessableEntity, "address-outside-organisation");
        Assert.Empty(nowhere.GetProperty("organisations").EnumerateArray());
    }

    [Fact]
    public async Task a_company_that_covers_several_municipalities_takes_addresses_in_each()
    {
        var resident = await service.RegisteredAsync(ContactsFixture.Energi);

        await ReadAsync(await resident.AddAddressAsync(Neighbours.Storgatan), HttpStatusCode.Created);
    }

    [Fact]
    public async Task an_entry_holds_a_hundred_addresses()
    {
        var resident = await service.RegisteredAsync();
        foreach (var n in Enumerable.Range(2, 100))
        {
            var address = Neighbours.SanktEriksgatan with { AddressId = $"gatan-{n}", Number = n };
            service.Neighbours.Addresses[address.AddressId] = address;
            var answer = await resident.AddAddressAsync(address);
            Assert.Equal(n <= 100 ? HttpStatusCode.Created : HttpStatusCode.Conflict, answer.StatusCode);
        }
    }
}
