using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Events;
using Ums.Notifier.Providers;
using Ums.Notifier.Receipts;
using Ums.Notifier.Tests.Providers;

namespace Ums.Notifier.Tests.Receipts;

public class RecordReceiptTests(ScriptedFixture notifier) : IClassFixture<ScriptedFixture>
{
    [Fact]
    public async Task a_receipt_moves_the_message_forward_and_tells_the_bus()
    {
        var (request, address) = await SendAsync();

        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, "Sent"));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, "Delivered"));

        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
        var id = await notifier.QueryAsync<Guid>("select id from messages where source_id = $1", request.DeliveryId);
        await notifier.Bus.PublishedAsync<MessageDelivered>(message => message.MessageId == id);
    }

    [Fact]
    public async Task a_receipt_repeated_a_hundred_times_changes_nothing_more()
    {
        var (request, address) = await SendAsync();
        await ReportAsync(address, "Delivered");
        var changed = await ChangedAsync(request);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ReportAsync(address, "Delivered")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
        Assert.Equal(changed, await ChangedAsync(request));
        var id = await notifier.QueryAsync<Guid>("select id from messages where source_id = $1", request.DeliveryId);
        await notifier.Bus.PublishedAsync<MessageDelivered>(message => message.MessageId == id);
        Assert.Single(notifier.Bus.Published<MessageDelivered>(message => message.MessageId == id));
    }

    [Theory]
    [InlineData("failed", "Failed", "Delivered", "Sent")]
    [InlineData("delivered", "Delivered", "Failed", "Sent")]
    [InlineData("delivered", "Sent", "Delivered", "Sent")]
    [InlineData("failed", "Sent", "Sent", "Failed")]
    public async Task a_final_state_stays_whatever_comes_after(string state, params string[] receipts)
    {
        var (request, address) = await SendAsync();

        foreach (var receipt in receipts)
        {
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, receipt));
        }

        Assert.Equal(state, await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task a_receipt_that_overtakes_the_providers_answer_counts()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        notifier.First.Answers(phone, async () =>
        {
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(notifier.First.SentTo(phone)[0].ReceiptAddress, "Delivered"));
            return new ProviderAnswer.Accepted("reference-1");
        });

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal("reference-1", await notifier.QueryAsync<string>(
            "select a.reference from attempts a join messages m on m.id = a.message_id where m.source_id = $1", request.DeliveryId));
    }

    [Fact]
    public async Task a_failed_first_attempt_does_not_fail_a_message_whose_second_is_under_way()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        notifier.First.Answers(phone, new ProviderAnswer.NotSent("too-many", Again: true));
        using var answer = await notifier.HandOverAsync(request);

        await ReportAsync(notifier.First.SentTo(phone)[0].ReceiptAddress, "Failed");

        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
    }

    [Theory]
    [InlineData("a bit flipped")]
    [InlineData("another id")]
    [InlineData("another provider")]
    [InlineData("no such provider")]
    [InlineData("cut short")]
    [InlineData("not base64")]
    [InlineData("script")]
    public async Task a_forged_address_is_refused_and_changes_nothing(string forgery)
    {
        var (request, address) = await SendAsync();
        var token = address.Segments[^1];
        var path = forgery switch
        {
            "a bit flipped" => $"/webhooks/first/{token[..^2]}{(token[^2] == 'A' ? 'B' : 'A')}{token[^1]}",
            "another id" => $"/webhooks/first/{(token[0] == 'A' ? 'B' : 'A')}{token[1..]}",
            "another provider" => $"/webhooks/second/{token}",
            "no such provider" => $"/webhooks/third/{token}",
            "cut short" => $"/webhooks/first/{token[..^4]}",
            "not base64" => "/webhooks/first/" + Uri.EscapeDataString("!" + token[1..]),
            _ => "/webhooks/first/" + Uri.EscapeDataString("<script>alert(1)</script>"),
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await ReportAsync(new Uri(path, UriKind.Relative), "Failed"));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task a_body_that_is_no_receipt_is_refused()
    {
        var (request, address) = await SendAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await ReportAsync(address, "nonsense"));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task a_genuine_receipt_for_an_attempt_not_yet_seen_is_kept_and_applied_when_it_is()
    {
        var (request, address) = await SendAsync();
        // As if the attempt's own commit were still to come.
        await notifier.ExecuteAsync("create table hidden as select a.* from attempts a join messages m on m.id = a.message_id where m.source_id = $1", request.DeliveryId);
        await notifier.ExecuteAsync("delete from attempts where id in (select id from hidden)");
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, "Sent"));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, "Delivered"));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(address, "Failed"));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));

        await notifier.ExecuteAsync("insert into attempts select * from hidden");
        await ApplyEarlyAsync();

        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from early_receipts"));
    }

    [Fact]
    public async Task an_early_receipt_whose_attempt_never_comes_is_dropped_after_an_hour()
    {
        var kept = Guid.NewGuid();
        await notifier.ExecuteAsync("insert into early_receipts (attempt_id, state, received_at) values ($1, 'delivered', now() - interval '59 minutes')", kept);
        await notifier.ExecuteAsync("insert into early_receipts (attempt_id, state, received_at) values (gen_random_uuid(), 'delivered', now() - interval '61 minutes')");

        await ApplyEarlyAsync();

        Assert.Equal(kept, await notifier.QueryAsync<Guid>("delete from early_receipts returning attempt_id"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task receipts_are_posted(string method)
    {
        var (_, address) = await SendAsync();
        using var message = new HttpRequestMessage(new HttpMethod(method), address);

        using var answer = await notifier.Client.SendAsync(message);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private async Task<(PinRequested Request, Uri Address)> SendAsync()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        using var answer = await notifier.HandOverAsync(request);
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
        return (request, notifier.First.SentTo(phone)[^1].ReceiptAddress);
    }

    private async Task<HttpStatusCode> ReportAsync(Uri address, string receipt)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new { }) };
        message.Headers.Add("Test-Receipt", receipt);
        using var answer = await notifier.Client.SendAsync(message);
        return answer.StatusCode;
    }

    private async Task ApplyEarlyAsync()
    {
        await using var scope = notifier.Services.CreateAsyncScope();
        await EarlyReceipts.ApplyAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), TimeProvider.System, default);
    }

    private async Task<DateTime> ChangedAsync(PinRequested request) =>
        await notifier.QueryAsync<DateTime>("select changed_at from messages where source_id = $1", request.DeliveryId);
}
