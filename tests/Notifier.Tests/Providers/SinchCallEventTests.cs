using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

/// <summary>The one address to which events of all of Sinch's calls come: who is believed, and what is not an event.</summary>
public class SinchCallEventTests(SinchFixture notifier) : IClassFixture<SinchFixture>
{
    private const string Path = "/webhooks/sinch/calls";
    private const string Json = "application/json";

    [Fact]
    public async Task only_the_applications_own_signature_of_this_body_now_counts()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, channel: "voice");
        using var taken = await notifier.HandOverAsync(request);
        await notifier.BecomesAsync(request.DeliveryId, "accepted");
        var body = $$"""{"event": "dice", "callid": "{{notifier.Far.SentTo(phone)[^1].Id}}", "result": "ANSWERED"}""";
        var now = Stamp(DateTimeOffset.UtcNow);
        var signature = Signed(body, now);

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, now, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, now, "Application x:y"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, now, signature[..^2] + "A="));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body.Replace("ANSWERED", "BUSY", StringComparison.Ordinal), now, signature));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, Stamp(DateTimeOffset.UtcNow.AddSeconds(1)), signature));
        foreach (var minutes in new[] { -20, 20 })
        {
            var other = Stamp(DateTimeOffset.UtcNow.AddMinutes(minutes));
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, other, Signed(body, other)));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(body, "soon", Signed(body, "soon")));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body, now, signature));
        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"event": "dice"}""")]
    [InlineData("""{"event": "dice", "callid": ""}""")]
    [InlineData("""{"event": 7, "callid": "c"}""")]
    [InlineData("""{"event": "notify", "callid": "c"}""")]
    public async Task what_is_no_event_is_refused_even_if_signed(string body)
    {
        var now = Stamp(DateTimeOffset.UtcNow);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body, now, Signed(body, now)));
    }

    [Fact]
    public async Task an_event_of_an_unknown_call_is_to_be_brought_again()
    {
        const string Body = """{"event": "dice", "callid": "nobody", "result": "ANSWERED"}""";
        var now = Stamp(DateTimeOffset.UtcNow);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(Body, now, Signed(Body, now)));
    }

    private static string Stamp(DateTimeOffset at) => at.ToString("o", CultureInfo.InvariantCulture);

    private static string Signed(string body, string timestamp) =>
        $"Application {SinchWire.ApplicationKey}:{SinchWire.Signature(Json, timestamp, Path, Encoding.UTF8.GetBytes(body))}";

    private async Task<HttpStatusCode> PostAsync(string body, string timestamp, string authorisation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        request.Headers.Add("x-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("Authorization", authorisation);
        using var answer = await notifier.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
