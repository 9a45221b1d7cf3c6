using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Sinch;
using Ums.Notifier.Speech;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

/// <summary>Sinch keeps the contract on a real wire, and what its API adds to it.</summary>
public sealed class SinchTests() : HttpProviderContract(new SinchWire())
{
    internal static Dictionary<string, string?> Account(string address) => new()
    {
        ["Providers:Use:0"] = "sinch",
        ["Providers:Sinch:ServicePlanId"] = SinchWire.ServicePlanId,
        ["Providers:Sinch:ApiToken"] = SinchWire.ApiToken,
        ["Providers:Sinch:Address"] = address + "xms/v1/",
        ["Providers:Sinch:ApplicationKey"] = SinchWire.ApplicationKey,
        ["Providers:Sinch:ApplicationSecret"] = SinchWire.ApplicationSecret,
        ["Providers:Sinch:CallerId"] = "+46846500499",
        ["Providers:Sinch:CallingAddress"] = address + "calling/v1/",
    };

    protected override Dictionary<string, string?> Settings(string address) => Account(address);

    protected override void Add(IHostApplicationBuilder builder) => builder.AddSinch();

    protected override Task<IReadOnlyList<string>> ArrivedAsync(string phone) => Task.FromResult<IReadOnlyList<string>>([.. Far.SentTo(phone).Select(entry => entry.Text)]);

    internal override (string ContentType, string Body) Write(ReceiptKind kind) => ("application/json", Report(kind == ReceiptKind.Sent ? "Dispatched" : kind.ToString()));

    [Fact]
    public async Task a_batch_of_one_says_where_to_report_and_until_when_it_is_worth_delivering()
    {
        var message = Message(Phone, Channel.Sms) with { ExpiresAt = DateTimeOffset.Parse("2026-05-04T13:37:42Z", System.Globalization.CultureInfo.InvariantCulture) };

        await Provider.SendAsync(message, default);

        var batch = JsonNode.Parse(Assert.Single(Far.Bodies))!;
        Assert.Equal("Pitea", (string?)batch["from"]);
        Assert.Equal([Phone], batch["to"]!.AsArray().Select(to => (string?)to));
        Assert.Equal(message.Text, (string?)batch["body"]);
        Assert.Equal("per_recipient", (string?)batch["delivery_report"]);
        Assert.Equal(message.ReceiptAddress.AbsoluteUri, (string?)batch["callback_url"]);
        Assert.Equal("2026-05-04T13:37:42Z", (string?)batch["expire_at"]);
        Assert.Null(batch["parameters"]);
    }

    [Theory]
    [InlineData("Betala ${belopp} kr")]
    [InlineData("${text} ${")]
    public async Task what_looks_like_a_parameter_arrives_as_it_was_written(string text)
    {
        await Provider.SendAsync(Message(Phone, Channel.Sms) with { Content = [new Phrase(text)] }, default);

        Assert.Equal(text, Assert.Single(await ArrivedAsync(Phone)));
    }

    [Fact]
    public async Task a_call_that_is_to_be_acknowledged_says_the_text_and_then_asks_for_a_key()
    {
        var message = Message(Phone, Channel.Voice, acknowledge: true);

        await Provider.SendAsync(message, default);

        var answered = JsonNode.Parse(Assert.Single(Far.SentTo(Phone)).Text)!;
        Assert.Equal(message.Text, (string?)answered["instructions"]![0]!["text"]);
        Assert.Equal($"#tts[{Acknowledgement.Words("sv")}]", (string?)answered["action"]!["menus"]![0]!["mainPrompt"]);
    }

    [Theory]
    [InlineData("Rejected", "refused")]
    [InlineData("Expired", "expired")]
    [InlineData("Aborted", "not-delivered")]
    [InlineData("Cancelled", "not-delivered")]
    [InlineData("Deleted", "not-delivered")]
    public async Task each_way_to_fail_has_a_word(string status, string reason) =>
        Assert.Equal(new Receipt(ReceiptKind.Failed, reason), await Provider.ReadReceiptAsync(ReceiptOf(Report(status)), default));

    [Theory]
    [InlineData("""{"type": "delivery_report_sms", "status": "Delivered"}""")]
    [InlineData("""{"type": "recipient_delivery_report_sms", "status": "delivered"}""")]
    [InlineData("""{"type": "recipient_delivery_report_sms"}""")]
    [InlineData("""{"type": ["recipient_delivery_report_sms"], "status": "Delivered"}""")]
    public async Task another_report_is_none(string body) => Assert.Null(await Provider.ReadReceiptAsync(ReceiptOf(body), default));

    private static string Report(string status) => $$"""{"type": "recipient_delivery_report_sms", "batch_id": "b1", "recipient": "46701740605", "code": 0, "status": "{{status}}"}""";

    private static Microsoft.AspNetCore.Http.HttpRequest ReceiptOf(string body)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", "application/json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)));
        return request;
    }
}
