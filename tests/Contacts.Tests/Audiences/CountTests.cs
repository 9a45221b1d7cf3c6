using System.Net;
using System.Net.Http.Json;
using Ums.Messages.Commands;
using static Ums.Contacts.Tests.Audiences.AudienceWorld;

namespace Ums.Contacts.Tests.Audiences;

public sealed class CountTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task the_count_says_who_is_reached_and_who_is_left_out()
    {
        var world = await WorldAsync();

        var count = await world.CountAsync(new Audience { Everyone = true, Phones = [Mobile(1), Mobile(5), Mobile(90), Mobile(90)] });

        // Mobile 1 by the register, the list and a company; 2 and the landline by the register; 90 by the list, twice; 5 is a child's.
        var expected = new Dictionary<string, int>
        {
            ["phones"] = 4, ["mobiles"] = 3, ["landlines"] = 1, ["households"] = 3, ["addresses"] = 3, ["withoutPhone"] = 1, ["switchedOff"] = 1, ["underAge"] = 1, ["duplicates"] = 3,
        };
        Assert.Equal(expected, count.EnumerateObject().ToDictionary(number => number.Name, number => number.Value.GetInt32()));
    }

    [Fact]
    public async Task the_count_is_what_is_then_sent()
    {
        var world = await WorldAsync();
        foreach (var audience in new Audience[]
        {
            new() { Everyone = true }, new() { Everyone = true, OncePerHousehold = true }, new() { Areas = [Square] }, new() { Areas = [Square], Kind = "private" },
            new() { Areas = [Square], OncePerHousehold = true, Phones = [Mobile(2), Mobile(77)] }, new() { Phones = [Mobile(5), Mobile(1)] }, new() { Postcodes = ["11522"] },
        })
        {
            var count = await world.CountAsync(audience);
            var members = await world.ResolvedAsync(audience);
            Assert.Equal(members.Count, count.GetProperty("phones").GetInt32());
            Assert.Equal(members.Count(member => member.Mobile), count.GetProperty("mobiles").GetInt32());
        }
    }

    [Fact]
    public async Task the_points_are_places_without_people_and_an_even_sample_of_many()
    {
        var world = await WorldAsync();
        var few = await Resident.ReadAsync(await world.PostAsync("points", new Audience { Areas = [Square] }), HttpStatusCode.OK);
        Assert.Equal(2, few.GetProperty("total").GetInt32());
        Assert.Equal([[18.01, 59.31], [18.011, 59.311]], few.GetProperty("points").EnumerateArray()
            .Select(point => point.EnumerateArray().Select(degrees => degrees.GetDouble()).ToArray()).OrderBy(point => point[0]).ToArray());

        var crowd = new AudienceWorld(service);
        await crowd.CrowdAsync(24_000);
        var many = await Resident.ReadAsync(await crowd.PostAsync("points", new Audience { Everyone = true }), HttpStatusCode.OK);
        Assert.Equal(12_000, many.GetProperty("total").GetInt32());
        var longitudes = many.GetProperty("points").EnumerateArray().Select(point => point[0].GetDouble()).ToList();
        Assert.Equal(5_000, longitudes.Count);
        // Every tenth of the width has about a tenth of them.
        Assert.All(longitudes.GroupBy(x => (int)((x - 18) / 0.04 + 1e-9)), part => Assert.InRange(part.Count(), 380, 620));
    }

    [Fact]
    public async Task our_own_service_names_the_organisation_and_nobody_else_may()
    {
        var world = await WorldAsync();
        var body = new { organisationId = world.Organisation.Id, audience = new Audience { Everyone = true } };
        var notifier = service.ClientWith(service.Tokens.Client("notifier", "audience.read", "contacts"));
        var foreign = service.ClientWith(service.Tokens.Client("other", "audience.read", "contacts", ContactsFixture.Pitea.Id));

        var count = await Resident.ReadAsync(await notifier.PostAsJsonAsync("/internal/audiences/count", body), HttpStatusCode.OK);

        Assert.Equal(3, count.GetProperty("phones").GetInt32());
        await Resident.RefusedAsync(await notifier.PostAsJsonAsync("/internal/audiences/count", new { body.audience }), HttpStatusCode.Forbidden, "not-allowed");
        await Resident.RefusedAsync(await notifier.PostAsJsonAsync("/api/audiences/count", body), HttpStatusCode.Forbidden, "not-allowed");
        await Resident.RefusedAsync(await notifier.PostAsJsonAsync("/api/audiences/points", body), HttpStatusCode.Forbidden, "not-allowed");
        await Resident.RefusedAsync(await foreign.PostAsJsonAsync("/internal/audiences/count", body), HttpStatusCode.Forbidden, "not-allowed");
        await Resident.RefusedAsync(await foreign.PostAsJsonAsync("/api/audiences/count", body), HttpStatusCode.Forbidden, "not-allowed");
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Operator("alert.read").PostAsJsonAsync("/api/audiences/count", body)).StatusCode);
    }

    private async Task<AudienceWorld> WorldAsync()
    {
        var world = await new AudienceWorld(service)
            .Person(Kungsgatan1, Mobile(1), "+46846500403").Company(Aallen, Mobile(1)).Person(Kungsgatan8, Mobile(2)).Person(Kungsgatan8)
            .Person(Aallen, Mobile(4)).Person(Aallen, Mobile(5), age: 15).ImportedAsync();
        await world.ChangeAsync("alerts = false", Mobile(4));
        return world;
    }
}
