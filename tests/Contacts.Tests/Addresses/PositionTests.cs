using Microsoft.Extensions.DependencyInjection;
using Ums.Contacts.Addresses;
using Ums.Messages.Events;
using Ums.Testing;

namespace Ums.Contacts.Tests.Addresses;

public sealed class PositionTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task the_pin_comes_with_AddressLocated()
    {
        var resident = await service.RegisteredAsync();

        await service.Bus.PublishAsync(Located(await AddedAsync(resident)));

        await Eventually.PassesAsync(async () =>
        {
            var address = await resident.AddressAsync(Neighbours.SanktEriksgatan);
            Assert.True(address.GetProperty("located").GetBoolean());
            Assert.Equal((59.3416, 18.0366), (address.GetProperty("latitude").GetDouble(), address.GetProperty("longitude").GetDouble()));
            Assert.Equal((0, 10088920), (address.GetProperty("gnr").GetInt32(), address.GetProperty("fnr").GetInt32()));
        });
        var id = Guid.Parse(await resident.AddressIdAsync(Neighbours.SanktEriksgatan));
        Assert.Equal("POINT(18.0366 59.3416)", await service.QueryAsync<string>("select st_astext(position) from addresses where id = $1", id));
    }

    [Fact]
    public async Task the_same_answer_twice_is_handled_once_and_a_late_failure_changes_nothing()
    {
        var resident = await service.RegisteredAsync();
        var added = await AddedAsync(resident);
        var message = await service.Bus.PublishAsync(Located(added));
        await Eventually.PassesAsync(async () => Assert.True((await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("located").GetBoolean()));

        await service.Bus.PublishAsync(Located(added) with { Latitude = 1 }, message);
        var late = await service.Bus.PublishAsync(NotLocated(added));

        await Eventually.TrueAsync(async () => await service.QueryAsync<long>("select count(*) from inbox where message_id = $1", late) == 1);
        Assert.Equal(59.3416, (await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("latitude").GetDouble());
        Assert.Equal(1, await service.QueryAsync<long>("select count(*) from inbox where message_id = $1", message));
    }

    [Fact]
    public async Task a_position_for_an_address_that_is_gone_or_of_another_organisation_changes_nothing()
    {
        var resident = await service.RegisteredAsync();
        var added = await AddedAsync(resident);

        var foreign = await service.Bus.PublishAsync(Located(added) with { OrganisationId = ContactsFixture.Pitea.Id });
        var gone = await service.Bus.PublishAsync(Located(added) with { ContactAddressId = Guid.CreateVersion7() });
        var other = await service.Bus.PublishAsync(Located(added) with { AddressId = "another" });

        await Eventually.TrueAsync(async () => await service.QueryAsync<long>("select count(*) from inbox where message_id = any($1)", new[] { foreign, gone, other }) == 3);
        Assert.False((await resident.AddressAsync(Neighbours.SanktEriksgatan)).GetProperty("located").GetBoolean());
    }

    [Fact]
    public async Task an_address_without_its_pin_after_a_minute_is_asked_for_again_with_doubling_pauses()
    {
        var resident = await service.RegisteredAsync();
        var added = await AddedAsync(resident);
        var id = added.ContactAddressId;
        int Times() => service.Bus.Published<AddressAdded>(e => e.ContactAddressId == id).Count;

        await SweepAsync();
        await WaitedAsync(id, "50 seconds");
        await SweepAsync();
        Assert.Equal(1, await service.QueryAsync<int>("select announced from addresses where id = $1", id));

        await WaitedAsync(id, "61 seconds");
        await SweepAsync();
        await SweepAsync();
        await Eventually.TrueAsync(() => Times() == 2);

        await WaitedAsync(id, "61 seconds");
        await SweepAsync();
        Assert.Equal(2, await service.QueryAsync<int>("select announced from addresses where id = $1", id));
        await WaitedAsync(id, "121 seconds");
        await SweepAsync();
        await Eventually.TrueAsync(() => Times() == 3);
        Assert.Equal(added with { OccurredAt = default }, service.Bus.Published<AddressAdded>(e => e.ContactAddressId == id)[^1] with { OccurredAt = default });
    }

    [Fact]
    public async Task an_address_that_Geocoding_cannot_place_is_not_asked_for_again()
    {
        var resident = await service.RegisteredAsync();
        var added = await AddedAsync(resident);
        await service.Bus.PublishAsync(NotLocated(added));
        await Eventually.TrueAsync(async () => await service.QueryAsync<string>("select not_located from addresses where id = $1", added.ContactAddressId) == "no-position");

        await WaitedAsync(added.ContactAddressId, "1 day");
        await SweepAsync();

        Assert.Equal(1, await service.QueryAsync<int>("select announced from addresses where id = $1", added.ContactAddressId));
    }

    [Fact]
    public async Task replicas_that_sweep_at_once_ask_once()
    {
        var resident = await service.RegisteredAsync();
        var added = await AddedAsync(resident);
        await WaitedAsync(added.ContactAddressId, "61 seconds");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SweepAsync()));

        Assert.Equal(2, await service.QueryAsync<int>("select announced from addresses where id = $1", added.ContactAddressId));
    }

    private async Task<AddressAdded> AddedAsync(Resident resident)
    {
        var id = Guid.Parse(await resident.AddressIdAsync(Neighbours.SanktEriksgatan));
        return await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactAddressId == id);
    }

    private static AddressLocated Located(AddressAdded added) => new(
        added.ContactId, added.OrganisationId, added.ContactAddressId, added.AddressId, 59.3416, 18.0366, 0, 0, 10088920, 0, DateTimeOffset.UtcNow);

    private static AddressNotLocated NotLocated(AddressAdded added) =>
        new(added.ContactId, added.OrganisationId, added.ContactAddressId, added.AddressId, "no-position", DateTimeOffset.UtcNow);

    private Task<int> SweepAsync() => service.Services.GetRequiredService<AskAgain>().SweepAsync(CancellationToken.None);

    private Task WaitedAsync(Guid id, string howLong) => service.ExecuteAsync($"update addresses set announced_at = now() - interval '{howLong}' where id = $1", id);
}
