using System.Net;
using System.Net.Http.Json;
using Ums.Messages.Events;
using Ums.Testing;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Places;

public sealed class NeighboursAwayTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task with_Geocoding_away_an_address_is_refused_for_now_and_all_else_works()
    {
        var resident = await service.RegisteredAsync();
        var stranger = service.Stranger();
        service.Neighbours.GeocodingIsAway = true;

        await RefusedAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.ServiceUnavailable, "geocoding-unavailable");
        await RefusedAsync(await stranger.Http.PostAsJsonAsync("/api/contact", Form()), HttpStatusCode.ServiceUnavailable, "geocoding-unavailable");
        await ReadAsync(await resident.SwitchAlertsAsync(await resident.AddressIdAsync(Neighbours.SanktEriksgatan), false), HttpStatusCode.NoContent);
        await ReadAsync(await resident.AddPhoneAsync(ContactsFixture.FreshNumber()), HttpStatusCode.Created);
        service.Neighbours.GeocodingIsAway = false;

        await Eventually.PassesAsync(async () => await ReadAsync(await stranger.Http.PostAsJsonAsync("/api/contact", Form()), HttpStatusCode.Created), TimeSpan.FromSeconds(60));
        await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);
    }

    [Fact]
    public async Task with_Identity_away_what_it_last_said_of_an_organisation_stands()
    {
        var resident = await service.RegisteredAsync();
        await resident.AddAddressAsync(Neighbours.Storgatan);
        service.Neighbours.IdentityIsAway = true;

        await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);
        await RefusedAsync(await resident.AddAddressAsync(Neighbours.Storgatan), HttpStatusCode.UnprocessableEntity, "address-outside-organisation");

        service.Neighbours.IdentityIsAway = false;
    }

    [Fact]
    public async Task with_the_broker_away_changes_are_kept_and_told_later()
    {
        var resident = await service.RegisteredAsync();
        var id = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactId == id);
        // As if nothing left: the row waits for a relay that cannot reach the broker.
        await service.ExecuteAsync("create or replace function hold() returns trigger language plpgsql as $f$ begin new.available_at := now() + interval '1 hour'; return new; end $f$");
        await service.ExecuteAsync("create trigger hold before insert on outbox for each row execute function hold()");

        await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);
        Assert.Equal(2, (await resident.ContactAsync()).GetProperty("addresses").GetArrayLength());
        Assert.Single(service.Bus.Published<AddressAdded>(e => e.ContactId == id));
        await service.ExecuteAsync("drop trigger hold on outbox");
        await service.ExecuteAsync("update outbox set available_at = now()");

        await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactId == id && !e.Main);
    }
}
