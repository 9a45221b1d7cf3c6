using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Twilio;
using Ums.Notifier.Speech;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

/// <summary>Twilio keeps the contract on a real wire, and what its API adds to it.</summary>
public sealed class TwilioTests() : HttpProviderContract(new TwilioWire())
{
    private const string Address = "http://localhost:8080/webhooks/test/token";

    internal static Dictionary<string, string?> Account(string address) => new()
    {
        ["Providers:Use:0"] = "twilio",
        ["Providers:Twilio:AccountSid"] = TwilioWire.AccountSid,
        ["Providers:Twilio:AuthToken"] = TwilioWire.AuthToken,
        ["Providers:Twilio:CallerId"] = "+46846500499",
        ["Providers:Twilio:Address"] = address,
    };

    protected override Dictionary<string, string?> Settings(string address) => Account(address);

    protected override void Add(IHostApplicationBuilder builder) => builder.AddTwilio();

    protected override Task<IReadOnlyList<string>> ArrivedAsync(string phone) =>
        Task.FromResult<IReadOnlyList<string>>([.. Far.SentTo(phone).Select(entry => entry.Channel == "sms" ? entry.Text : Spoken(entry.Text))]);

    internal override (string ContentType, string Body) Write(ReceiptKind kind) => ("application/x-www-form-urlencoded", kind switch
    {
        ReceiptKind.Failed => "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003",
        _ => $"MessageSid=SM1&MessageStatus={kind.ToString().ToLowerInvariant()}",
    });

    protected override void Sign(HttpRequest receipt, string body) =>
        receipt.Headers["X-Twilio-Signature"] = TwilioWire.Signature(Address, FormBody.Parse(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task an_sms_says_until_when_it_is_worth_delivering_and_that_nothing_is_to_be_kept()
    {
        var message = Message(Phone, Channel.Sms) with { ExpiresAt = Clock.GetUtcNow().AddMinutes(7) };

        await Provider.SendAsync(message, default);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["To"] = Phone, ["From"] = "Pitea", ["Body"] = message.Text, ["StatusCallback"] = message.ReceiptAddress.AbsoluteUri, ["ValidityPeriod"] = "420",
                ["ContentRetention"] = "discard", ["AddressRetention"] = "obfuscate",
            },
            FormBody.Parse(Encoding.UTF8.GetBytes(Assert.Single(Far.Bodies))));
    }

    [Theory]
    [InlineData(-60, "1")]
    [InlineData(0.5, "1")]
    [InlineData(36_000, "36000")]
    [InlineData(90_000, "36000")]
    public async Task the_validity_stays_within_what_twilio_takes(double seconds, string period)
    {
        await Provider.SendAsync(Message(Phone, Channel.Sms) with { ExpiresAt = Clock.GetUtcNow().AddSeconds(seconds) }, default);

        Assert.Equal(period, FormBody.Parse(Encoding.UTF8.GetBytes(Assert.Single(Far.Bodies)))["ValidityPeriod"]);
    }

    [Theory]
    [InlineData(1600, true)]
    [InlineData(1601, false)]
    public async Task what_is_longer_than_twilio_takes_is_not_even_asked(int length, bool sent)
    {
        var answer = await Provider.SendAsync(Message(Phone, Channel.Sms) with { Content = [new Phrase(new string('a', length))] }, default);

        Assert.Equal(sent, answer is ProviderAnswer.Accepted);
        Assert.Equal(sent ? 1 : 0, Far.Ledger.Count);
    }

    [Fact]
    public async Task a_call_speaks_swedish_with_pauses_and_asks_for_a_key_only_where_wanted()
    {
        var message = Message(Phone, Channel.Voice) with { Content = [new Phrase("<4> & \"8\"\u0001", TimeSpan.FromSeconds(1.2)), new Phrase("Hej.")] };

        await Provider.SendAsync(message, default);
        await Provider.SendAsync(message with { Acknowledge = true }, default);

        var calls = Far.SentTo(Phone).Select(entry => XDocument.Parse(entry.Text).Root!).ToList();
        Assert.Equal(["Say", "Pause", "Say"], calls[0].Elements().Select(verb => verb.Name.LocalName));
        Assert.Equal("<4> & \"8\"", calls[0].Element("Say")!.Value);
        Assert.All(calls[0].Elements("Say"), say => Assert.Equal("sv-SE", say.Attribute("language")!.Value));
        Assert.Equal("1", calls[0].Element("Pause")!.Attribute("length")!.Value);
        Assert.Equal(message.ReceiptAddress.AbsoluteUri, calls[1].Element("Gather")!.Attribute("action")!.Value);
        Assert.Equal(Acknowledgement.Words("sv"), calls[1].Element("Gather")!.Element("Say")!.Value);
    }

    [Theory]
    [InlineData("CallStatus=ringing", "Sent", null, false)]
    [InlineData("CallStatus=completed", "Delivered", null, false)]
    [InlineData("CallStatus=busy", "Failed", "busy", false)]
    [InlineData("CallStatus=no-answer", "Failed", "not-answered", false)]
    [InlineData("CallStatus=in-progress&Digits=1", "Delivered", null, true)]
    [InlineData("CallStatus=in-progress&Digits=2", "Sent", null, false)]
    public async Task a_call_reports_its_end_and_the_key_that_was_pressed(string body, string kind, string? reason, bool acknowledged) =>
        Assert.Equal(new Receipt(Enum.Parse<ReceiptKind>(kind), reason, acknowledged), await Provider.ReadReceiptAsync(Receipt(body, SignatureOf(Address, body)), default));

    [Fact]
    public async Task only_the_signature_of_this_body_at_this_address_with_this_token_counts()
    {
        const string Body = "MessageSid=SM1&MessageStatus=delivered";
        var genuine = SignatureOf(Address, Body);
        Assert.NotNull(await Provider.ReadReceiptAsync(Receipt(Body, genuine), default));

        foreach (var forged in new[] { "", "AAAA", genuine[..^1], genuine.ToLowerInvariant(), genuine + "=", SignatureOf("http://localhost:8080/webhooks/test/other", Body), SignatureOf("https://localhost:8080/webhooks/test/token", Body), SignatureOf(Address, "MessageSid=SM1&MessageStatus=failed") })
        {
            Assert.Null(await Provider.ReadReceiptAsync(Receipt(Body, forged), default));
        }
        Assert.Null(await Provider.ReadReceiptAsync(Receipt(Body + "&MessageStatus=failed", genuine), default));
        Assert.Null(await Provider.ReadReceiptAsync(Receipt(Body.Replace("SM1", "SM2", StringComparison.Ordinal), genuine), default));
    }

    [Fact]
    public void the_signature_is_the_one_of_twilios_own_example()
    {
        var form = new FormCollection(new()
        {
            ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+14158675309", ["Digits"] = "1234", ["From"] = "+14158675309", ["To"] = "+18005551212",
        });

        Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioSignature.Of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form));
    }

    private static string SignatureOf(string address, string body) => TwilioWire.Signature(address, FormBody.Parse(Encoding.UTF8.GetBytes(body)));

    private static string Spoken(string twiml) => string.Join(' ', XDocument.Parse(twiml).Root!.Elements("Say").Select(say => say.Value));

    private static HttpRequest Receipt(string body, string signature)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.ContentType, request.Body) =
            ("POST", "/webhooks/test/token", "application/x-www-form-urlencoded", new MemoryStream(Encoding.UTF8.GetBytes(body)));
        request.Headers["X-Twilio-Signature"] = signature;
        return request;
    }
}
