using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ums.Messages.Events;
using Ums.Testing;

namespace Ums.Notifier.Tests.Messages;

public class BadRequestTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    [Theory]
    [InlineData("pinRequestId", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("deliveryId", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("organisationId", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("channel", "\"pigeon\"")]
    [InlineData("channel", "\"1\"")]
    [InlineData("channel", "null")]
    [InlineData("sealed", "\"\"")]
    [InlineData("sealed", "null")]
    [InlineData("expiresAt", "\"0001-01-01T00:00:00Z\"")]
    public async Task a_field_that_is_missing_or_wrong_is_named(string field, string value)
    {
        var body = JsonNode.Parse(JsonSerializer.Serialize(notifier.Request(NotifierFixture.NewMobile()), JsonSerializerOptions.Web))!;
        body[field] = JsonNode.Parse(value);

        using var answer = await notifier.HandOverAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("urn:ums:problem:validation", (string?)problem["type"]);
        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"pinRequestId\": 7}")]
    [InlineData("{\"sealed\": \"not base64!\"}")]
    [InlineData("<pin/>")]
    public async Task a_body_that_is_no_request_is_refused(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/messages/pin-requested")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Ums-Message-Id", Guid.CreateVersion7().ToString());

        using var answer = await notifier.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("seven")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task a_message_without_an_id_is_refused(string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/messages/pin-requested")
        {
            Content = JsonContent.Create(notifier.Request(NotifierFixture.NewMobile())),
        };
        if (id is not null)
        {
            request.Headers.Add("Ums-Message-Id", id);
        }

        using var answer = await notifier.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task bad_messages_on_the_bus_end_in_the_error_queue_and_the_lane_goes_on()
    {
        var before = await notifier.Bus.CountAsync("notifier-send-pin_error") ?? 0;
        var good = notifier.Request(NotifierFixture.NewMobile());

        await notifier.Bus.PublishRawAsync<PinRequested>(Encoding.UTF8.GetBytes("{"), Guid.CreateVersion7());
        await notifier.Bus.PublishRawAsync<PinRequested>(new byte[100_000], Guid.CreateVersion7());
        await notifier.Bus.PublishAsync(good with { Channel = "pigeon" });
        await notifier.Bus.PublishAsync(good with { Sealed = null! });
        await notifier.Bus.PublishAsync(good);

        await notifier.BecomesAsync(good.DeliveryId, "delivered");
        await Eventually.PassesAsync(async () => Assert.Equal(before + 4, await notifier.Bus.CountAsync("notifier-send-pin_error")));
    }
}
