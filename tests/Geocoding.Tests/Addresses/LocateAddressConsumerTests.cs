using System.Diagnostics;
using System.Text;
using Ums.Messages.Events;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Addresses;

public sealed class LocateAddressConsumerTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task An_added_address_is_answered_with_its_position_and_keys()
    {
        var added = Added(SmallCountry.Id("Sankt Eriksgatan", "Stockholm", "117"));
        await geocoding.Bus.PublishAsync(added);
        var located = await geocoding.Bus.PublishedAsync<AddressLocated>(answer => answer.ContactAddressId == added.ContactAddressId);
        Assert.Equal((added.ContactId, added.OrganisationId, added.AddressId), (located.ContactId, located.OrganisationId, located.AddressId));
        Assert.InRange(located.Latitude, 59.3, 59.4);
        Assert.Equal((0, 0, 0), (located.Gnr, located.Bnr, located.Snr));
        Assert.NotNull(located.Fnr);
    }

    [Theory]
    [InlineData("no-such-address")]
    [InlineData("")]
    [InlineData("🏠")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task An_address_that_nobody_knows_is_answered_with_the_reason(string addressId)
    {
        var added = Added(addressId);
        await geocoding.Bus.PublishAsync(added);
        var answer = await geocoding.Bus.PublishedAsync<AddressNotLocated>(answer => answer.ContactAddressId == added.ContactAddressId);
        Assert.Equal("unknown-address", answer.Reason);
    }

    [Fact]
    public async Task A_message_that_comes_five_times_is_answered_once()
    {
        var added = Added(SmallCountry.Id("Sankt Eriksgatan", "Stockholm", "115"));
        var message = Guid.CreateVersion7();
        for (var time = 0; time < 5; time++)
            await geocoding.Bus.PublishAsync(added, message);
        await geocoding.Bus.PublishedAsync<AddressLocated>(answer => answer.ContactAddressId == added.ContactAddressId);
        await Eventually.TrueAsync(async () => await geocoding.Bus.CountAsync("geocoding-locate-address") == 0 && await geocoding.QueryAsync<long>("select count(*) from outbox") == 0);
        Assert.Equal(1, await geocoding.QueryAsync<long>("select count(*) from inbox where message_id = $1", message));
        Assert.Single(geocoding.Bus.Published<AddressLocated>(answer => answer.ContactAddressId == added.ContactAddressId));
    }

    [Fact]
    public async Task What_is_not_the_message_does_not_stop_the_next()
    {
        await geocoding.Bus.PublishRawAsync<AddressAdded>(Encoding.UTF8.GetBytes("not a message"), Guid.CreateVersion7());
        var added = Added(SmallCountry.Id("Sankt Eriksgatan", "Stockholm", "119"));
        await geocoding.Bus.PublishAsync(added);
        await geocoding.Bus.PublishedAsync<AddressLocated>(answer => answer.ContactAddressId == added.ContactAddressId);
    }

    [Fact]
    public async Task The_answer_comes_before_a_page_is_drawn()
    {
        var times = new List<TimeSpan>();
        for (var time = 0; time < 15; time++)
        {
            var added = Added(SmallCountry.Id("Sankt Eriksgatan", "Stockholm", "1"));
            var started = Stopwatch.GetTimestamp();
            await geocoding.Bus.PublishAsync(added);
            await geocoding.Bus.PublishedAsync<AddressLocated>(answer => answer.ContactAddressId == added.ContactAddressId);
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        // Some tens of milliseconds on a quiet machine. The bound says that the wake-up carried it and not the relay's poll of a second.
        Assert.InRange(times.Order().ElementAt(times.Count / 2), TimeSpan.Zero, TimeSpan.FromMilliseconds(600));
    }

    private static AddressAdded Added(string addressId) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), addressId, "0180", Main: true, Version: 1, DateTimeOffset.UtcNow);
}
