using System.Net;
using System.Text.Json;
using Ums.Notifier.Tests.Alerts;

namespace Ums.Notifier.Tests.Templates;

public class TemplateTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private const string Path = "/api/templates";

    /// <summary>An organisation of its own for each test.</summary>
    private readonly Guid organisation = Guid.CreateVersion7();

    [Fact]
    public async Task a_template_is_written_listed_changed_and_removed()
    {
        var id = (await DoAsync(HttpMethod.Post, Path, Draft("Vattenläcka"))).GetProperty("id").GetGuid();
        await DoAsync(HttpMethod.Post, Path, Draft("Avbrott i fjärrvärmen", category: "heat"));
        Assert.Equal(["Avbrott i fjärrvärmen", "Vattenläcka"], (await ListAsync()).Select(template => template.GetProperty("name").GetString()));

        var one = await DoAsync(HttpMethod.Get, $"{Path}/{id}");
        Assert.Equal("""{"sms":"Vattnet är avstängt på [gata].","smsEnglish":"The water is off.","voice":"Vattnet är avstängt.","voiceEnglish":null}""", one.GetProperty("texts").GetRawText());
        Assert.Equal(("smsThenVoice", true, 15, 240), (one.GetProperty("mode").GetString(), one.GetProperty("acknowledge").GetBoolean(), one.GetProperty("repeatAfterMinutes").GetInt32(), one.GetProperty("validForMinutes").GetInt32()));

        var changed = await DoAsync(HttpMethod.Put, $"{Path}/{id}", Draft("Vattenläcka, stor", sms: "Stor läcka."), version: 1);
        Assert.Equal((2, "Stor läcka.", "writer"), (changed.GetProperty("version").GetInt32(), changed.GetProperty("texts").GetProperty("sms").GetString(), changed.GetProperty("changedBy").GetString()));

        await DoAsync(HttpMethod.Delete, $"{Path}/{id}", version: 2);
        Assert.Single(await ListAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Get, $"{Path}/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Delete, $"{Path}/{id}", version: 2)).Status);
    }

    [Fact]
    public async Task of_two_who_change_one_the_second_is_told_and_nothing_is_lost()
    {
        var id = (await DoAsync(HttpMethod.Post, Path, Draft("Läcka"))).GetProperty("id").GetGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => AskAsync(HttpMethod.Put, $"{Path}/{id}", Draft("Läcka", sms: $"Nummer {i}."), version: 1)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.PreconditionFailed).ToList();
        Assert.Equal(4, refused.Count);
        Assert.All(refused, answer => Assert.Equal(2, answer.Body.GetProperty("version").GetInt32()));

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await AskAsync(HttpMethod.Delete, $"{Path}/{id}", version: 1)).Status);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await AskAsync(HttpMethod.Delete, $"{Path}/{id}")).Status);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await AskAsync(HttpMethod.Put, $"{Path}/{id}", Draft("Läcka"))).Status);
        Assert.Equal(2, Assert.Single(await ListAsync()).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task a_name_is_used_once_in_an_organisation_whatever_its_case_and_once_more_in_another()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => AskAsync(HttpMethod.Post, Path, Draft(i % 2 == 0 ? "ÖVERSVÄMNING" : "Översvämning"))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => Assert.Equal("taken", answer.Body.GetProperty("errors").GetProperty("name")[0].GetString()));
        var other = (await DoAsync(HttpMethod.Post, Path, Draft("Annat"))).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(HttpMethod.Put, $"{Path}/{other}", Draft("översvämning"), version: 1)).Status);

        var stranger = notifier.Tokens.Client("stranger", "alert.read alert.write", "notifier", Guid.CreateVersion7());
        await notifier.DoneAsync(stranger, HttpMethod.Post, Path, Draft("Översvämning"));
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(stranger, HttpMethod.Put, $"{Path}/{other}", Draft("Min nu"), 1)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(stranger, HttpMethod.Delete, $"{Path}/{other}", version: 1)).Status);
    }

    [Theory]
    [InlineData("name", null, "water", "Text.", 15, 240)]
    [InlineData("name", "  ", "water", "Text.", 15, 240)]
    [InlineData("name", "\u0000", "water", "Text.", 15, 240)]
    [InlineData("name", "Ett namn som är så långt att ingen i en lista läser det till slutet, hur gärna de än vill", "water", "Text.", 15, 240)]
    [InlineData("category", "Namn", "Fjärrkyla till sjukhus, hotell, kontor och varuhus", "Text.", 15, 240)]
    [InlineData("category", "Namn", null, "Text.", 15, 240)]
    [InlineData("texts.sms", "Namn", "water", "", 15, 240)]
    [InlineData("repeatAfterMinutes", "Namn", "water", "Text.", 4, 240)]
    [InlineData("validForMinutes", "Namn", "water", "Text.", 15, 1441)]
    public async Task what_no_alert_could_say_is_refused_and_nothing_is_kept(string field, string? name, string? category, string sms, int repeat, int valid)
    {
        var (status, problem) = await AskAsync(HttpMethod.Post, Path, new { name, category, texts = new { sms }, mode = "sms", repeatAfterMinutes = repeat, validForMinutes = valid });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.Empty(await ListAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":1}")]
    [InlineData("{\"name\":\"a\",\"category\":\"water\",\"texts\":[],\"mode\":\"sms\"}")]
    [InlineData("{\"name\":\"a\",\"category\":\"water\",\"texts\":{\"sms\":\"b\"},\"mode\":\"smoke\"}")]
    public async Task a_bad_body_is_a_400(string body)
    {
        var (status, _) = await AskAsync(HttpMethod.Post, Path, JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task there_is_an_end_to_them()
    {
        await notifier.ExecuteAsync("""
            insert into templates select gen_random_uuid(), $1, 'Mall ' || n, 'water', '{"sms":"Text."}', '{"mode":"sms","acknowledge":false,"dangerToLife":false,"validFor":"06:00:00"}', 1, 'test', now()
            from generate_series(1, 200) n
            """, organisation);
        Assert.Equal(200, (await ListAsync()).Count);
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(HttpMethod.Post, Path, Draft("En till"))).Status);
    }

    private static object Draft(string name, string category = "water", string sms = "Vattnet är avstängt på [gata].") => new
    {
        name, category, texts = new { sms, smsEnglish = "The water is off.", voice = "Vattnet är avstängt.", voiceEnglish = "" }, mode = "smsThenVoice", acknowledge = true, repeatAfterMinutes = 15,
        dangerToLife = false, validForMinutes = 240,
    };

    private Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpMethod verb, string path, object? body = null, int? version = null) =>
        notifier.SendAsync(notifier.Tokens.Client("writer", "alert.read alert.write", "notifier", organisation), verb, path, body, version);

    private async Task<JsonElement> DoAsync(HttpMethod verb, string path, object? body = null, int? version = null)
    {
        var (status, answer) = await AskAsync(verb, path, body, version);
        Assert.True((int)status < 300, $"{verb} {path}: {status} {answer}");
        return answer;
    }

    private async Task<List<JsonElement>> ListAsync() => [.. (await DoAsync(HttpMethod.Get, Path)).GetProperty("templates").EnumerateArray()];
}
