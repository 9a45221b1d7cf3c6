using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.FortySixElks;
using Ums.Notifier.Speech;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Wires;
using Trouble = Ums.ProviderDoubles.Faults.Fault;

namespace Ums.Notifier.Tests.Providers;

/// <summary>46elks keeps the contract on a real wire, and what its API adds to it.</summary>
public sealed class FortySixElksTests() : HttpProviderContract(new FortySixElksWire())
{
    protected override Dictionary<string, string?> Settings(string address)
    {
        var settings = FortySixElksFixture.Account(address);
        settings["Providers:FortySixElks:CallerId"] = "+46846500499";
        return settings;
    }

    protected override void Add(IHostApplicationBuilder builder)
    {
        builder.AddFortySixElks();
        builder.AddSpeech();
    }

    protected override Task<IReadOnlyList<string>> ArrivedAsync(string phone) =>
        Task.FromResult<IReadOnlyList<string>>([.. Far.SentTo(phone).Select(entry => entry.Channel == "sms" ? entry.Text : Spoken(entry.Text))]);

    internal override (string ContentType, string Body) Write(ReceiptKind kind) => ("application/x-www-form-urlencoded", kind switch
    {
        ReceiptKind.Delivered => "id=s70df59406a1b4643b96f3f91e0bfb7b0&status=delivered&delivered=2026-05-04T13%3A37%3A45.000000",
        _ => $"id=s70df59406a1b4643b96f3f91e0bfb7b0&status={kind.ToString().ToLowerInvariant()}",
    });

    [Fact]
    public async Task an_sms_says_who_it_is_from_where_to_report_and_that_its_text_is_not_to_be_logged()
    {
        var message = Message(Phone, Channel.Sms);

        var answer = Assert.IsType<ProviderAnswer.Accepted>(await Provider.SendAsync(message, default));

        Assert.Equal(Assert.Single(Far.Ledger.Read()).Id, answer.Reference);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["from"] = "Pitea", ["to"] = Phone, ["message"] = message.Text, ["whendelivered"] = message.ReceiptAddress.AbsoluteUri, ["dontlog"] = "message",
            },
            FormBody.Parse(Encoding.UTF8.GetBytes(Assert.Single(Far.Bodies))));
    }

    [Fact]
    public async Task without_a_number_to_call_from_it_makes_no_calls()
    {
        Use(Far.Address, new() { ["Providers:FortySixElks:CallerId"] = "" });
        Assert.False(Provider.Carries(Channel.Voice));
        Assert.Equal(new ProviderAnswer.NotSent("not-supported", Again: false), await Provider.SendAsync(Message(Phone, Channel.Voice), default));
        Assert.Empty(Far.Ledger.Read());
    }

    [Fact]
    public async Task a_call_that_is_to_be_acknowledged_asks_for_a_key_at_its_end_and_has_it_reported()
    {
        var message = Message(Phone, Channel.Voice, acknowledge: true);

        await Provider.SendAsync(message, default);

        var script = JsonNode.Parse(Assert.Single(Far.Ledger.Read()).Text)!;
        Assert.Equal($"{message.Text} {Acknowledgement.Words("sv")}", Spoken(script.ToJsonString()));
        var ask = script["next"]!["next"]!;
        Assert.Equal(message.ReceiptAddress.AbsoluteUri, (string?)ask["next"]);
        Assert.NotNull(ask["ivr"]);
    }

    [Theory]
    [InlineData(400, "refused", false)]
    [InlineData(401, "bad-credentials", true)]
    [InlineData(402, "account-refused", true)]
    [InlineData(403, "account-refused", true)]
    [InlineData(404, "refused", false)]
    [InlineData(422, "refused", false)]
    [InlineData(429, "too-many", true)]
    public async Task each_refusal_is_not_sent(int status, string reason, bool again)
    {
        Far.Weather.Status = status;
        Far.Weather.Next.Enqueue(Trouble.Status);

        Assert.Equal(new ProviderAnswer.NotSent(reason, again), await SendAsync());
    }

    [Theory]
    [InlineData(202, "garbled")]
    [InlineData(204, "garbled")]
    [InlineData(307, "garbled")]
    [InlineData(408, "timeout")]
    [InlineData(500, "server-error")]
    [InlineData(502, "server-error")]
    [InlineData(504, "server-error")]
    public async Task what_is_neither_yes_nor_no_is_unknown_and_no_redirect_is_followed(int status, string reason)
    {
        Far.Weather.Status = status;
        Far.Weather.Next.Enqueue(Trouble.Status);

        Assert.Equal(new ProviderAnswer.Unknown(reason), await SendAsync());
    }

    [Fact]
    public async Task an_sms_that_failed_at_once_is_not_sent()
    {
        Far.Weather.Garbage = """{"id": "s1", "status": "failed"}""";
        Far.Weather.Next.Enqueue(Trouble.Garbled);

        Assert.Equal(new ProviderAnswer.NotSent("refused", Again: false), await SendAsync());
    }

    [Fact]
    public async Task a_connection_that_does_not_come_about_is_not_sent()
    {
        // Who takes the connection but never begins to speak TLS has not had a letter of ours.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Use($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/a1/", connectTimeout: TimeSpan.FromMilliseconds(200));

        Assert.Equal(new ProviderAnswer.NotSent("no-connection", Again: true), await SendAsync());
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("31536000", 30)]
    public async Task after_too_many_nothing_is_sent_until_the_time_asked_for_within_reason(string retryAfter, int seconds)
    {
        Far.Weather.RetryAfter = retryAfter;
        Far.Weather.Next.Enqueue(Trouble.TooMany);
        Assert.Equal(new ProviderAnswer.NotSent("too-many", Again: true), await SendAsync());

        Clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.Equal(new ProviderAnswer.NotSent("too-many", Again: true), await SendAsync());
        Assert.Empty(Far.Ledger.Read());

        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync());
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("Mon, 04 May 2020 13:37:42 GMT")]
    public async Task a_retry_after_that_says_nothing_holds_nothing_up(string retryAfter)
    {
        Far.Weather.RetryAfter = retryAfter;
        Far.Weather.Next.Enqueue(Trouble.TooMany);
        await SendAsync();

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync());
    }

    /// <summary>The words behind the sound that a call plays.</summary>
    private string Spoken(string script)
    {
        var words = new List<string>();
        for (var action = JsonNode.Parse(script); action is JsonObject; action = action["next"])
        {
            words.Add(Made<SpeechAddresses>().Read(((string)(action["play"] ?? action["ivr"])!).Split('/')[^1])!.Text);
        }
        return string.Join(' ', words);
    }

    private Task<ProviderAnswer> SendAsync() => Provider.SendAsync(Message(Phone, Channel.Sms), default);
}
