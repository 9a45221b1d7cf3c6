using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Tests.Texts;

public class PreviewTextTests(PreviewTextTests.Priced notifier) : IClassFixture<PreviewTextTests.Priced>
{
    private static readonly Uri Route = new("/api/texts/preview", UriKind.Relative);

    /// <summary>One organisation has a price of its own.</summary>
    public sealed class Priced : NotifierFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Prices:SmsPart"] = "0.55";
            settings[$"Prices:SmsPartOf:{Organisation}"] = "0.35";
        }
    }

    [Fact]
    public async Task a_text_with_a_dash_says_what_it_costs_and_what_would_make_it_cheaper()
    {
        var text = "Vattnet stängs av på Sankt Eriksgatan 117 idag kl 10–12. Töm upp vatten före dess…";

        var answer = await PreviewAsync(text, NotifierFixture.Organisation);

        Assert.Equal(("ucs2", text.Length, 2), ((string)answer["encoding"]!, (int)answer["units"]!, answer["parts"]!.AsArray().Count));
        Assert.Equal(text, string.Concat(answer["parts"]!.AsArray().Select(part => (string)part!["text"]!)));
        Assert.Equal([67, text.Length - 67], answer["parts"]!.AsArray().Select(part => (int)part!["units"]!));
        Assert.Equal(67 - (text.Length - 67), (int)answer["unitsLeft"]!);
        Assert.Equal([("–", text.IndexOf('–', StringComparison.Ordinal)), ("…", text.Length - 1)],
            answer["forcedBy"]!.AsArray().Select(one => ((string)one!["character"]!, (int)one["at"]!)));
        Assert.Equal((0.70m, "SEK"), ((decimal)answer["costPerRecipient"]!, (string)answer["currency"]!));

        var offer = answer["downgraded"]!;
        Assert.Equal("Vattnet stängs av på Sankt Eriksgatan 117 idag kl 10-12. Töm upp vatten före dess...", (string)offer["text"]!);
        Assert.Equal((1, 0.35m), ((int)offer["parts"]!, (decimal)offer["costPerRecipient"]!));
        Assert.Equal([("–", "-"), ("…", "...")], offer["changes"]!.AsArray().Select(change => ((string)change!["from"]!, (string)change["to"]!)));
    }

    [Theory]
    [InlineData("Vattnet är tillbaka. Tack för tålamodet! Åsa på VA, café Öst", "gsm7")]
    [InlineData("Árran lea dál Váhtjer", "ucs2")]
    [InlineData("Vattnet – 😀", "ucs2")]
    public async Task nothing_is_offered_where_nothing_is_gained(string text, string encoding)
    {
        var answer = await PreviewAsync(text);

        Assert.Equal((encoding, text), ((string)answer["encoding"]!, (string)answer["parts"]![0]!["text"]!));
        Assert.Null(answer["downgraded"]);
    }

    [Fact]
    public async Task a_text_of_dots_that_would_grow_is_left_alone() => Assert.Null((await PreviewAsync(new string('…', 70)))["downgraded"]);

    [Fact]
    public async Task an_emoji_is_named_whole() =>
        Assert.Equal(("😀", 5), ((string)(await PreviewAsync("Hej! 😀"))["forcedBy"]![0]!["character"]!, (int)(await PreviewAsync("Hej! 😀"))["forcedBy"]![0]!["at"]!));

    [Theory]
    [InlineData(1, 1, 0.55)]
    [InlineData(2000, 14, 7.70)]
    public async Task one_to_two_thousand_characters_are_counted_at_the_usual_price(int characters, int parts, double cost)
    {
        var answer = await PreviewAsync(new string('å', characters), Guid.CreateVersion7());

        Assert.Equal((parts, (decimal)cost), (answer["parts"]!.AsArray().Count, (decimal)answer["costPerRecipient"]!));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"text\": null}")]
    [InlineData("{\"text\": \"\"}")]
    [InlineData("{\"text\": 7}")]
    [InlineData("{\"text\": [\"a\"]}")]
    [InlineData("{\"text\": \"Hej \\ud83d\"}")]
    [InlineData("{\"text\": \"\\ude00 hej\"}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public Task a_body_that_is_no_text_is_refused(string body) => RefusedAsync(Encoding.UTF8.GetBytes(body));

    [Fact]
    public Task a_text_that_is_too_long_is_refused() => RefusedAsync(Encoding.UTF8.GetBytes($"{{\"text\": \"{new string('a', 2001)}\"}}"));

    [Theory]
    [InlineData(0, "required")]
    [InlineData(2001, "too-long")]
    public async Task the_field_at_fault_is_named(int characters, string fault)
    {
        using var answer = await Writer().PostAsJsonAsync(Route, new { text = new string('a', characters) });
        Assert.Equal(fault, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!["text"]![0]);
    }

    [Fact]
    public Task half_a_character_in_bytes_is_refused() => RefusedAsync([.. "{\"text\": \""u8, 0xED, 0xA0, 0xBD, .. "\"}"u8]);

    [Fact]
    public async Task who_may_not_write_alerts_is_refused()
    {
        using var other = notifier.ClientWith(notifier.Tokens.Client("other-system", "address.read", "notifier"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await notifier.Client.PostAsJsonAsync(Route, new { text = "Hej" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync(Route, new { text = "Hej" })).StatusCode);
    }

    [Theory]
    [InlineData("0198a000-0000-7000-8000-000000000001", -0.01)]
    [InlineData("0198a000-0000-7000-8000-000000000001", 101)]
    [InlineData("pitea", 0.35)]
    public void a_price_that_cannot_be_meant_is_refused_at_start(string organisation, double price) =>
        Assert.Single(new PriceOptions { SmsPartOf = { [organisation] = (decimal)price } }.Validate(new(this)));

    private HttpClient Writer(Guid? organisation = null) => notifier.ClientWith(notifier.Tokens.Client("other-system", "alert.write", "notifier", organisation));

    private async Task<JsonNode> PreviewAsync(string text, Guid? organisation = null)
    {
        using var answer = await Writer(organisation).PostAsJsonAsync(Route, new { text });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task RefusedAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await Writer().PostAsync(Route, content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
