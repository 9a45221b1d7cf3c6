using System.Net;
using Ums.Messages.Events;
using Ums.Testing;

namespace Ums.Notifier.Tests.Messages;

public class SendPinTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    [Fact]
    public async Task a_pin_asked_for_on_the_bus_reaches_the_phone_and_is_reported_delivered()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);

        await notifier.Bus.PublishAsync(request);

        var sms = Assert.Single(await notifier.ReceivedAsync(phone));
        Assert.Equal("sms", sms.Channel);
        Assert.Equal("Din PIN-kod till Piteå kommun är 482913. Koden gäller i 10 minuter. Lämna aldrig ut koden.\n\n@localhost #482913", sms.Text);
        await notifier.BecomesAsync(request.DeliveryId, "delivered");
        var id = await notifier.QueryAsync<Guid>("select id from messages where source_id = $1", request.DeliveryId);
        var accepted = await notifier.Bus.PublishedAsync<MessageAccepted>(message => message.MessageId == id);
        Assert.Equal((NotifierFixture.Organisation, "pin", "sms"), (accepted.OrganisationId, accepted.Purpose, accepted.Channel));
        await notifier.Bus.PublishedAsync<MessageDelivered>(message => message.MessageId == id);
    }

    [Fact]
    public async Task a_landline_is_called_and_told_the_digits_one_by_one_and_twice()
    {
        var request = notifier.Request(NotifierFixture.Landline, channel: "voice");

        await notifier.Bus.PublishAsync(request);

        var call = Assert.Single(await notifier.ReceivedAsync("08-465 004 10"));
        Assert.Equal("voice", call.Channel);
        Assert.Equal(3, call.Text.Split("4, 8, 2, 9, 1, 3.").Length);
        await notifier.BecomesAsync(request.DeliveryId, "delivered");
    }

    [Fact]
    public async Task the_urgent_road_delivers_without_the_bus()
    {
        var phone = NotifierFixture.NewMobile();

        using var answer = await notifier.HandOverAsync(notifier.Request(phone));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Single(await notifier.PhoneAsync(phone));
    }

    [Fact]
    public async Task a_message_that_comes_by_both_roads_and_again_is_delivered_once()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        var messageId = Guid.CreateVersion7();

        await Task.WhenAll(
            notifier.Bus.PublishAsync(request, messageId), notifier.HandOverAsync(request, messageId), notifier.Bus.PublishAsync(request, messageId),
            notifier.HandOverAsync(request, messageId), notifier.HandOverAsync(request, messageId));

        await notifier.BecomesAsync(request.DeliveryId, "delivered");
        await EverythingIsConsumedAsync();
        Assert.Single(await notifier.PhoneAsync(phone));
    }

    [Fact]
    public async Task one_delivery_under_many_message_ids_is_delivered_once()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => notifier.HandOverAsync(request)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Single(await notifier.PhoneAsync(phone));
    }

    [Fact]
    public async Task an_expired_pin_is_not_sent_and_is_reported_failed()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, life: TimeSpan.FromSeconds(-1));

        await notifier.Bus.PublishAsync(request);

        await notifier.BecomesAsync(request.DeliveryId, "expired");
        var failed = await notifier.Bus.PublishedAsync<MessageFailed>(message => message.Reason == "expired");
        Assert.Equal(NotifierFixture.Organisation, failed.OrganisationId);
        Assert.Empty(await notifier.PhoneAsync(phone));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from attempts a join messages m on m.id = a.message_id where m.source_id = $1", request.DeliveryId));
    }

    [Fact]
    public async Task an_altered_seal_goes_to_the_error_queue_and_to_no_phone()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, pin: "735194");
        request.Sealed[^1] ^= 1;
        var before = await notifier.Bus.CountAsync(ErrorQueue) ?? 0;

        await notifier.Bus.PublishAsync(request);

        await Eventually.TrueAsync(async () => await notifier.Bus.CountAsync(ErrorQueue) > before);
        Assert.Empty(await notifier.PhoneAsync(phone));
        Assert.Null(await notifier.StateAsync(request.DeliveryId));
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another request")]
    [InlineData("another delivery")]
    [InlineData("cut short")]
    public async Task a_seal_that_is_not_identitys_for_this_delivery_is_refused(string fault)
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, key: fault == "another key" ? new byte[32] : null);
        request = fault switch
        {
            "another request" => request with { PinRequestId = Guid.CreateVersion7() },
            "another delivery" => request with { DeliveryId = Guid.CreateVersion7() },
            "cut short" => request with { Sealed = request.Sealed[..20] },
            _ => request,
        };

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("urn:ums:problem:bad-seal", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await notifier.PhoneAsync(phone));
    }

    [Theory]
    [InlineData("+4690012345678")]
    [InlineData("+15005550006")]
    [InlineData("anything")]
    public async Task a_sealed_number_that_we_do_not_reach_is_refused(string phone)
    {
        using var answer = await notifier.HandOverAsync(notifier.Request(phone));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task a_second_replica_knows_what_the_first_has_sent()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        await notifier.StartReplicaAsync();
        using var first = await notifier.HandOverAsync(request);

        await notifier.Bus.PublishAsync(request);
        await notifier.Bus.PublishAsync(request);
        await EverythingIsConsumedAsync();

        Assert.Single(await notifier.PhoneAsync(phone));
    }

    private const string ErrorQueue = "notifier-send-pin_error";

    private Task EverythingIsConsumedAsync() => Eventually.PassesAsync(async () =>
    {
        var marker = notifier.Request(NotifierFixture.NewMobile(), life: TimeSpan.FromSeconds(-1));
        await notifier.Bus.PublishAsync(marker);
        await notifier.BecomesAsync(marker.DeliveryId, "expired");
        Assert.Equal(0u, await notifier.Bus.CountAsync("notifier-send-pin"));
    });
}
