using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ums.Messages.Commands;
using Ums.Testing;

namespace Ums.Contacts.Tests.Audiences;

public sealed class BadAudienceTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    public static readonly TheoryData<string, string, string> Faulty = new()
    {
        { """{}""", "audience", "nobody" },
        { """{"areas":[],"phones":null,"streets":null}""", "audience", "nobody" },
        { """{"everyone":true,"kind":"child"}""", "kind", "not-a-kind" },
        { """{"areas":[null]}""", "areas[0]", "required" },
        { """{"areas":[{}]}""", "areas[0]", "either-polygon-or-circle" },
        { """{"areas":[{"center":[18,59.3]}]}""", "areas[0]", "either-polygon-or-circle" },
        { """{"areas":[{"center":[18,59.3],"radius":100,"polygon":[]}]}""", "areas[0]", "either-polygon-or-circle" },
        { """{"areas":[{"center":[18,59.3],"radius":0}]}""", "areas[0]", "too-small" },
        { """{"areas":[{"center":[18,59.3],"radius":-5}]}""", "areas[0]", "too-small" },
        { """{"areas":[{"center":[18,59.3],"radius":150001}]}""", "areas[0]", "too-large" },
        { """{"areas":[{"center":[59.3,18],"radius":100}]}""", "areas[0]", "swapped" },
        { """{"areas":[{"center":[181,59.3],"radius":100}]}""", "areas[0]", "out-of-range" },
        { """{"areas":[{"center":[2.35,48.85],"radius":100}]}""", "areas[0]", "outside-scandinavia" },
        { """{"areas":[{"center":[18],"radius":100}]}""", "areas[0]", "not-a-position" },
        { """{"areas":[{"polygon":[]}]}""", "areas[0]", "too-few-corners" },
        { """{"areas":[{"polygon":[null]}]}""", "areas[0]", "not-a-position" },
        { """{"areas":[{"polygon":[[18,59.3],[18.1,59.3],[18,59.3]]}]}""", "areas[0]", "too-few-corners" },
        { """{"areas":[{"polygon":[[18,59.3],[18.1,59.3],[18.1,59.4],[18,59.4]]}]}""", "areas[0]", "not-closed" },
        { """{"areas":[{"polygon":[[18,59.3],[18.1,59.4],[18.1,59.3],[18,59.4],[18,59.3]]}]}""", "areas[0]", "crosses-itself" },
        { """{"areas":[{"polygon":[[18,59.3],[18.2,59.3],[18.1,59.3],[18,59.4],[18,59.3]]}]}""", "areas[0]", "crosses-itself" },
        { """{"areas":[{"polygon":[[18,59.3],[18,59.3],[18,59.3],[18,59.3]]}]}""", "areas[0]", "too-small" },
        { """{"areas":[{"polygon":[[59.3,18],[59.3,18.1],[59.4,18.1],[59.3,18]]}]}""", "areas[0]", "swapped" },
        { """{"areas":[{"polygon":[[11,58],[19,58],[19,66],[11,66],[11,58]]}]}""", "areas[0]", "too-large" },
        { """{"streets":[null]}""", "streets[0]", "required" },
        { """{"streets":[{"municipalityCode":"0180","street":" "}]}""", "streets[0]", "required" },
        { """{"streets":[{"municipalityCode":"180","street":"Kungsgatan"}]}""", "streets[0]", "not-a-municipality" },
        { """{"streets":[{"street":"Kungsgatan"}]}""", "streets[0]", "not-a-municipality" },
        { """{"streets":[{"municipalityCode":"0180","street":"Kungs\u0000gatan"}]}""", "streets[0]", "bad-characters" },
        { """{"streets":[{"municipalityCode":"0180","street":"Kungsgatan","from":9,"to":3}]}""", "streets[0]", "not-a-number-range" },
        { """{"streets":[{"municipalityCode":"0180","street":"Kungsgatan","from":0}]}""", "streets[0]", "not-a-number-range" },
        { """{"properties":[{}]}""", "properties[0]", "required" },
        { """{"properties":[{"fnr":-1}]}""", "properties[0]", "not-a-property" },
        { """{"properties":[{"gnr":0,"bnr":0}]}""", "properties[0]", "not-a-property" },
        { """{"postcodes":["113 43"]}""", "postcodes[0]", "not-a-postcode" },
        { """{"postcodes":["11343","1134x"]}""", "postcodes[1]", "not-a-postcode" },
        { """{"postcodes":[null]}""", "postcodes[0]", "not-a-postcode" },
        { """{"phones":["070-174 06 05","hej"]}""", "phones[1]", "not-a-number" },
        { """{"phones":["+4915112345678"]}""", "phones[0]", "not-allowed" },
        { """{"phones":["0900-123 45 67"]}""", "phones[0]", "not-allowed" },
        { """{"phones":["112"]}""", "phones[0]", "not-a-number" },
        { """{"phones":[null]}""", "phones[0]", "not-a-number" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task a_count_says_what_is_wrong_with_which_part(string audience, string field, string fault)
    {
        foreach (var what in new[] { "count", "points" })
        {
            var problem = await Resident.RefusedAsync(await PostAsync(what, $$"""{"audience":{{audience}} }"""), HttpStatusCode.BadRequest, "validation");
            Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
        }
    }

    [Fact]
    public async Task what_is_too_much_is_refused()
    {
        var circle = Enumerable.Range(0, 2001).Select(i => $"[{F(18 + 0.01 * Math.Cos(i * Math.Tau / 2001))},{F(59.3 + 0.01 * Math.Sin(i * Math.Tau / 2001))}]").ToList();
        var area = """{"center":[18,59.3],"radius":100}""";

        Assert.Equal("too-many-corners", await FaultAsync($$"""{"areas":[{"polygon":[{{string.Join(',', circle.Append(circle[0]))}}]}]}""", "areas[0]"));
        Assert.Equal("too-many", await FaultAsync($$"""{"areas":[{{string.Join(',', Enumerable.Repeat(area, 21))}}]}""", "areas"));
        Assert.Equal("too-many", await FaultAsync($$"""{"postcodes":[{{string.Join(',', Enumerable.Repeat("\"11343\"", 5001))}}]}""", "postcodes"));
        Assert.Equal("too-many", await FaultAsync($$"""{"phones":[{{string.Join(',', Enumerable.Repeat("\"+46701740605\"", 100_001))}}]}""", "phones"));
        Assert.Equal("150 lines are wrong", await FaultAsync($$"""{"phones":[{{string.Join(',', Enumerable.Repeat("\"x\"", 150))}}]}""", "phones"));
    }

    [Fact]
    public async Task two_thousand_corners_and_a_hundred_thousand_numbers_are_taken()
    {
        var ring = Enumerable.Range(0, 2000).Select(i => $"[{F(18 + 0.01 * Math.Cos(i * Math.Tau / 2000))},{F(59.3 + 0.01 * Math.Sin(i * Math.Tau / 2000))}]").ToList();
        var phones = Enumerable.Range(0, 100_000).Select(i => $"\"+46701{i + 100_000}\"");

        var audience = $$"""{"areas":[{"polygon":[{{string.Join(',', ring.Append(ring[0]))}}]}],"phones":[{{string.Join(',', phones)}}]}""";
        var answer = await PostAsync("count", $$"""{"audience":{{audience}} }""");

        Assert.Equal(100_000, (await Resident.ReadAsync(answer, HttpStatusCode.OK)).GetProperty("phones").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"audience":null}""")]
    [InlineData("""{"audience":7}""")]
    [InlineData("""{"audience":{"phones":"x"}}""")]
    [InlineData("""{"audience":{"phones":[7]}}""")]
    [InlineData("""{"audience":{"areas":[{"center":["a","b"],"radius":1}]}}""")]
    [InlineData("""{"audience":{"everyone":"ja"}}""")]
    [InlineData("""{"audience":{"everyone":true},"organisationId":"x"}""")]
    public async Task a_body_that_is_none_is_a_bad_request(string body)
    {
        foreach (var what in new[] { "count", "points" })
        {
            var answer = await PostAsync(what, body);
            // Only a count takes an organisation.
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest || (what == "points" && body.Contains("organisationId", StringComparison.Ordinal)), $"{what} {body}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task the_same_over_the_bus_lie_in_the_error_queue_and_nothing_is_sent()
    {
        var world = new AudienceWorld(service);
        var before = await ErrorsAsync();

        foreach (var audience in Faulty.Select(row => (string)row[0]))
        {
            await service.Bus.PublishAsync(world.Question(new Audience()) with { Sealed = world.Personal.Seal(world.Organisation.Id, audience) });
        }

        await Eventually.TrueAsync(async () => await ErrorsAsync() == before + Faulty.Count, TimeSpan.FromSeconds(60));
        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from audience_resolutions where organisation_id = $1", world.Organisation.Id));
    }

    [Fact]
    public async Task what_was_sealed_for_another_or_is_no_audience_is_refused_without_being_quoted()
    {
        var (world, other) = (new AudienceWorld(service), new AudienceWorld(service));
        var question = world.Question(new Audience { Everyone = true });
        var secret = world.Personal.Seal(world.Organisation.Id, "+46701740605 is no audience");
        var before = await ErrorsAsync();

        await service.Bus.PublishAsync(question with { Sealed = other.Question(new Audience { Everyone = true }).Sealed });
        await service.Bus.PublishAsync(question with { Sealed = [] });
        await service.Bus.PublishAsync(question with { Sealed = secret });
        await service.Bus.PublishAsync(question with { AlertId = Guid.Empty });

        await Eventually.TrueAsync(async () => await ErrorsAsync() == before + 4, TimeSpan.FromSeconds(30));
        Assert.DoesNotContain("46701740605", service.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from audience_resolutions where organisation_id = $1", world.Organisation.Id));
    }

    private async Task<uint> ErrorsAsync() => await service.Bus.CountAsync("contacts-resolve-audience_error") ?? 0;

    private static string F(double degrees) => degrees.ToString("R", CultureInfo.InvariantCulture);

    private async Task<string?> FaultAsync(string audience, string field) =>
        (await Resident.RefusedAsync(await PostAsync("count", $$"""{"audience":{{audience}} }"""), HttpStatusCode.BadRequest, "validation"))
            .GetProperty("errors").GetProperty(field)[0].GetString();

    private Task<HttpResponseMessage> PostAsync(string what, string body) =>
        new AudienceWorld(service).Operator().PostAsync(new Uri($"/api/audiences/{what}", UriKind.Relative), new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));
}
