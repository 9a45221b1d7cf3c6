using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ums.Notifier.Tests.Alerts;

public class DraftTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly string Long = new('å', 1600);

    /// <summary>Field, its JSON, and what is answered for it.</summary>
    public static TheoryData<string, string, string, string> BadFields => new()
    {
        { "title", "null", "title", "required" },
        { "title", "\"  \"", "title", "required" },
        { "title", $"\"{Long[..121]}\"", "title", "too-long" },
        { "title", "\"a\\u0000b\"", "title", "invalid" },
        { "title", "\"\\u0007\"", "title", "invalid" },
        { "category", "null", "category", "required" },
        { "category", "\" \"", "category", "required" },
        { "category", "\"Fjärrkyla till sjukhus, hotell, kontor och varuhus\"", "category", "too-long" },
        { "category", "\"wa\\u0000ter\"", "category", "invalid" },
        { "texts", "null", "texts.sms", "required" },
        { "texts", "{}", "texts.sms", "required" },
        { "texts", "{\"sms\":\"\\n\"}", "texts.sms", "required" },
        { "texts", "{\"sms\":\"a\\u0000\"}", "texts.sms", "invalid" },
        { "texts", $"{{\"sms\":\"{Long}\"}}", "texts.sms", "too-long" },
        // Six parts with the words of a test before them is the most, and the English counts.
        { "texts", $"{{\"sms\":\"{Long[..500]}\",\"smsEnglish\":\"{Long[..500]}\"}}", "texts.sms", "too-long" },
        { "texts", "{\"sms\":\"a\",\"smsEnglish\":\"\\u001b[31m\"}", "texts.smsEnglish", "invalid" },
        { "texts", $"{{\"sms\":\"a\",\"voice\":\"{Long}\"}}", "texts.voice", "too-long" },
        { "texts", $"{{\"sms\":\"a\",\"voiceEnglish\":\"{Long}\"}}", "texts.voiceEnglish", "too-long" },
        { "audience", "null", "audience", "required" },
        { "repeatAfterMinutes", "4", "repeatAfterMinutes", "out-of-range" },
        { "repeatAfterMinutes", "241", "repeatAfterMinutes", "out-of-range" },
        { "repeatAfterMinutes", "-2147483648", "repeatAfterMinutes", "out-of-range" },
        { "validForMinutes", "9", "validForMinutes", "out-of-range" },
        { "validForMinutes", "1441", "validForMinutes", "out-of-range" },
        { "sendAt", "\"0001-01-01T00:00:00Z\"", "sendAt", "in-the-past" },
        { "sendAt", "\"2020-02-29T12:00:00+02:00\"", "sendAt", "in-the-past" },
        { "sendAt", "\"9999-12-31T23:59:59Z\"", "sendAt", "too-far-ahead" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task a_bad_field_is_named_and_nothing_is_stored(string field, string json, string named, string error)
    {
        var before = await CountAsync();
        var (status, problem) = await PostAsync(With(field, json));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(error, problem.GetProperty("errors").GetProperty(named)[0].GetString());
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("title", "\"half \\ud83d\"")]
    [InlineData("title", "\"\\ude00 half\"")]
    [InlineData("texts", "{\"sms\":\"\\ud83d\"}")]
    [InlineData("mode", "\"carrierPigeon\"")]
    [InlineData("mode", "3")]
    [InlineData("mode", "\"3\"")]
    [InlineData("mode", "null")]
    [InlineData("acknowledge", "\"yes\"")]
    [InlineData("repeatAfterMinutes", "5.5")]
    [InlineData("repeatAfterMinutes", "99999999999")]
    [InlineData("validForMinutes", "\"ten\"")]
    [InlineData("sendAt", "\"tomorrow\"")]
    [InlineData("sendAt", "\"2026-02-30T00:00:00Z\"")]
    [InlineData("texts", "[]")]
    [InlineData("audience", "\"everyone\"")]
    [InlineData("audience", "{\"phones\":\"+46701740605\"}")]
    [InlineData("audience", "{\"areas\":[{\"polygon\":[[\"a\"]]}]}")]
    public async Task what_is_not_of_its_kind_is_a_bad_request_and_nothing_is_stored(string field, string json)
    {
        var before = await CountAsync();
        var (status, _) = await PostAsync(With(field, json));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"title\":\"\\uZZZZ\"}")]
    public async Task what_is_not_json_is_a_bad_request(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(body)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("[" + new string('[', 100_000))).Status);
    }

    [Fact]
    public async Task a_list_of_more_phones_than_anyone_has_is_refused_and_one_of_as_many_as_may_be_is_kept()
    {
        var (status, problem) = await PostAsync(With("audience", $"{{\"phones\":[{string.Join(',', Enumerable.Repeat("\"+46701740605\"", 100_001))}]}}"));
        Assert.Equal((HttpStatusCode.BadRequest, "too-long"), (status, problem.GetProperty("errors").GetProperty("audience")[0].GetString()));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(With("audience", $"{{\"phones\":[{string.Join(',', Enumerable.Repeat("\"+46701740605\"", 100_000))}]}}"))).Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; drop table alerts; --")]
    [InlineData("Vattenläcka 💧 👨‍👩‍👧")]
    [InlineData("תקלה בצנרת المياه \u202E")]
    [InlineData("{0} %s ${jndi:ldap://x} \\ \"")]
    [InlineData("rad ett\nrad två")]
    public async Task any_writing_is_kept_as_it_is(string text)
    {
        var id = await notifier.WriteAsync(AlertFixture.Draft(sms: text, title: text));
        var kept = await notifier.AlertAsync(id);
        Assert.Equal((text.Trim(), text), (kept.GetProperty("title").GetString(), kept.GetProperty("texts").GetProperty("sms").GetString()));
    }

    [Fact]
    public async Task texts_left_empty_are_texts_not_given()
    {
        var written = await PostAsync(With("texts", "{\"sms\":\"Vattnet stängs av.\",\"smsEnglish\":\" \",\"voice\":\"\",\"voiceEnglish\":\"\\n\"}"));
        var texts = written.Body.GetProperty("texts");
        Assert.All(new[] { "smsEnglish", "voice", "voiceEnglish" }, name => Assert.Equal(JsonValueKind.Null, texts.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task no_audience_word_or_phone_stands_readable_in_the_table()
    {
        var id = await notifier.WriteAsync(AlertFixture.Draft(audience: new { phones = new[] { "+46701740605" } }));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from alerts where id = $1 and (alerts::text like '%701740605%' or encode(audience, 'escape') like '%701740605%')", id));
        Assert.Contains("+46701740605", (await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}")).GetProperty("audience").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("701740605", notifier.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("GET", "/history")]
    [InlineData("GET", "/progress")]
    [InlineData("GET", "/recipients")]
    [InlineData("POST", "/estimate")]
    [InlineData("POST", "/submit")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/correction")]
    [InlineData("POST", "/test")]
    [InlineData("POST", "/approve")]
    public async Task an_id_that_is_none_is_not_found(string method, string path)
    {
        var token = notifier.Tokens.Client("all", "alert.read alert.write alert.approve", "notifier", NotifierFixture.Organisation);
        var body = method == "GET" ? null : path switch
        {
            "" => AlertFixture.Draft(), "/correction" => new { sms = "Nej." }, "/test" => new { phones = new[] { "070-174 06 05" } }, "/approve" => new { recipients = 1 }, _ => (object?)null,
        };
        var (status, problem) = await notifier.SendAsync(token, new HttpMethod(method), $"/api/alerts/{Guid.CreateVersion7()}{path}", body, version: 1);
        Assert.Equal((HttpStatusCode.NotFound, "urn:ums:problem:unknown-alert"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(token, new HttpMethod(method), $"/api/alerts/not-an-id{path}", body, version: 1)).Status);
    }

    [Theory]
    [InlineData("?state=nonsense")]
    [InlineData("?state=0")]
    [InlineData("?state=Draft")]
    [InlineData("?state=draft,submitted")]
    [InlineData("?before=nonsense")]
    [InlineData("?limit=many")]
    public async Task a_list_asked_for_in_other_words_is_a_bad_request(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(notifier.Writer, HttpMethod.Get, "/api/alerts" + query)).Status);

    [Fact]
    public async Task the_list_is_newest_first_pages_to_its_end_and_filters()
    {
        var written = new List<Guid>();
        for (var i = 0; i < 5; i++)
            written.Add(await notifier.WriteAsync());
        var seen = new List<Guid>();
        Guid? before = null;
        do
        {
            var page = await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts?limit=2&state=draft{(before is null ? "" : $"&before={before}")}");
            seen.AddRange(page.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("id").GetGuid()));
            before = page.GetProperty("before").ValueKind == JsonValueKind.Null ? null : page.GetProperty("before").GetGuid();
        }
        while (before is not null);
        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Equal(written.AsEnumerable().Reverse(), seen.Where(written.Contains));
    }

    [Fact]
    public async Task an_organisation_calls_what_it_warns_of_what_it_likes()
    {
        var (status, written) = await PostAsync(With("category", "\" Fjärrkyla \""));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("Fjärrkyla", written.GetProperty("category").GetString());
    }

    private Task<long> CountAsync() => notifier.QueryAsync<long>("select count(*) from alerts");

    private static string With(string field, string json)
    {
        var draft = JsonSerializer.SerializeToNode(AlertFixture.Draft())!.AsObject();
        draft.Remove(field);
        var rest = draft.ToJsonString();
        // As text: half characters have no place in a tree of nodes.
        return $"{rest[..^1]},\"{field}\":{json}}}";
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alerts") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", notifier.Writer);
        using var answer = await notifier.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
