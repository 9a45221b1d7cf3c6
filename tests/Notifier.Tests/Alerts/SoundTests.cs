using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.FortySixElks;

namespace Ums.Notifier.Tests.Alerts;

public class SoundTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly AlertTexts Texts = new("Vattnet är avstängt.", "The water is off.", null, null);

    [Fact]
    public async Task a_call_can_be_heard_before_anybody_is_called()
    {
        var sound = await HearAsync(new { texts = Texts });
        Assert.Equal("RIFF"u8, sound.AsSpan(0, 4));

        // The Swedish twice, the English twice, and the words around them: longer with a key to press, shorter without the English.
        Assert.True((await HearAsync(new { texts = Texts, acknowledge = true })).Length > sound.Length);
        Assert.True((await HearAsync(new { texts = Texts with { SmsEnglish = null } })).Length < sound.Length);
    }

    [Fact]
    public void each_language_has_its_own_voice()
    {
        var call = AlertWords.Call(Texts, "Stockholms stad", test: false, acknowledge: false);
        var message = new OutboundMessage(Guid.NewGuid(), Channel.Voice, "+46701740605", "UMS", "sv", call, new Uri("https://portal.example/r"), DateTimeOffset.UtcNow);

        var said = FortySixElksCall.Clips(message).ToLookup(clip => clip.Text, clip => clip.Language);

        Assert.Equal(["sv", "sv"], said[Texts.Sms]);
        Assert.Equal(["en", "en"], said[Texts.SmsEnglish!]);
    }

    [Theory]
    [InlineData("""{}""", "texts.sms", "required")]
    [InlineData("""{"texts":{"sms":" "}}""", "texts.sms", "required")]
    [InlineData("""{"texts":{"sms":null}}""", "texts.sms", "required")]
    [InlineData("""{"texts":{"sms":"long"}}""", "texts.sms", "too-long")]
    [InlineData("""{"texts":{"sms":"a","voiceEnglish":"long"}}""", "texts.voiceEnglish", "too-long")]
    public async Task what_cannot_be_said_is_refused(string body, string field, string fault)
    {
        var content = System.Text.Json.JsonDocument.Parse(body.Replace("long", new string('a', 2001), StringComparison.Ordinal)).RootElement;
        var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, "/api/alerts/sound", content);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    private async Task<byte[]> HearAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alerts/sound") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", notifier.Writer);
        using var answer = await notifier.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "audio/wav"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
