using System.Net;
using System.Text.Json;
using Ums.Messages.Commands;

namespace Ums.Notifier.Tests.Alerts;

public class MapAlertTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task places_say_who_is_on_the_way_reached_and_missed_there()
    {
        var people = AlertFixture.People(6);
        AudienceMember[] audience =
        [
            people[0] with { Latitude = 59.33820f, Longitude = 18.03571f }, people[1] with { Latitude = 59.33821f, Longitude = 18.03569f },
            people[2] with { Latitude = 65.31710f, Longitude = 21.48020f }, people[3] with { Latitude = 65.31710f, Longitude = 21.48020f },
            // Of an identity that is protected, and of a list.
            people[4] with { Latitude = null, Longitude = null }, people[5] with { Latitude = null, Longitude = null },
        ];
        var id = await notifier.SendingToAsync(audience);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == audience.Length);
        await notifier.ReceiptAsync(notifier.Sent(audience[..1])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(audience[1..2])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(audience[2..3])[0], "Failed");

        var map = await ReadAsync(id);

        Assert.Equal(1, map.GetProperty("share").GetDouble());
        var places = map.GetProperty("places").EnumerateArray().Select(place => string.Join(' ', place.EnumerateArray().Select(number => number.GetDouble().ToString("0.####", null)))).Order();
        Assert.Equal(["18.0357 59.3382 0 2 0", "21.4802 65.3171 1 0 1"], places);
        Assert.All(people, person => Assert.DoesNotContain(person.Phone[5..], map.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task of_very_many_a_part_is_shown()
    {
        // Four slices, of which every other is looked at.
        var audience = AlertFixture.People(200);
        var id = await notifier.SendingToAsync(audience);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == audience.Length);
        await notifier.QueryAsync<int>($"with told as (update alerts set expected = 10000 where id = '{id}' returning 1) select count(*)::int from told");
        var map = await ReadAsync(id);
        Assert.Equal(0.5, map.GetProperty("share").GetDouble());
        Assert.True(map.GetProperty("places")[0][2].GetDouble() is 64 + 64 or 64 + 8);
    }

    [Fact]
    public async Task an_alert_that_is_none_or_anothers_has_no_map()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{Guid.CreateVersion7()}/map")).Status);
        var other = notifier.Tokens.Client("other", "alert.read", "notifier", Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(other, HttpMethod.Get, $"/api/alerts/{await notifier.WriteAsync()}/map")).Status);
        Assert.Equal(0, (await ReadAsync(await notifier.WriteAsync())).GetProperty("places").GetArrayLength());
    }

    private Task<JsonElement> ReadAsync(Guid id) => notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/map");
}
