using System.Text;
using Microsoft.AspNetCore.Http;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Providers;

/// <summary>What every provider must do, whatever wire it speaks. Derive once per provider and say how its far end is arranged.</summary>
public abstract class ProviderContract
{
    public enum Fault
    {
        /// <summary>Nobody listens at the far end.</summary>
        Unreachable,

        /// <summary>The far end says that this number cannot be sent to.</summary>
        Refused,

        /// <summary>The far end says: not now.</summary>
        Busy,

        /// <summary>The far end breaks after it has the message.</summary>
        Broken,

        /// <summary>The connection is cut after the request has left.</summary>
        CutOff,

        /// <summary>The far end answers what nobody understands.</summary>
        Garbled,
    }

    internal abstract IMessageProvider Provider { get; }

    /// <summary>Faults that its far end can have.</summary>
    protected virtual IReadOnlySet<Fault> Faults { get; } = Enum.GetValues<Fault>().ToHashSet();

    /// <summary>Texts that the far end has for a number.</summary>
    protected abstract Task<IReadOnlyList<string>> ArrivedAsync(string phone);

    protected abstract void Break(Fault fault);

    /// <summary>A receipt as the provider writes it.</summary>
    internal abstract (string ContentType, string Body) Write(ReceiptKind kind);

    /// <summary>Has a receipt brought by the way that the provider's take.</summary>
    internal virtual Task<Receipt?> ReceiveAsync(ReceiptKind kind)
    {
        var (type, body) = Write(kind);
        return Provider.ReadReceiptAsync(Request(type, body), default);
    }

    /// <summary>Proves a receipt genuine, where the provider does.</summary>
    protected virtual void Sign(HttpRequest receipt, string body)
    {
    }

    [Fact]
    public void its_name_is_fit_for_an_address() => Assert.Matches("^[a-z0-9]{2,20}$", Provider.Name);

    [Fact]
    public void it_carries_something() => Assert.Contains(Enum.GetValues<Channel>(), Provider.Carries);

    [Fact]
    public async Task what_it_accepts_arrives_once_and_whole_under_a_reference_of_its_own()
    {
        foreach (var channel in Enum.GetValues<Channel>().Where(Provider.Carries))
        {
            var phone = NotifierFixture.NewMobile();
            var message = Message(phone, channel);

            var accepted = Assert.IsType<ProviderAnswer.Accepted>(await Provider.SendAsync(message, default));
            var another = Assert.IsType<ProviderAnswer.Accepted>(await Provider.SendAsync(Message(NotifierFixture.NewMobile(), channel), default));

            Assert.Equal(message.Text, Assert.Single(await ArrivedAsync(phone)));
            Assert.NotEmpty(accepted.Reference);
            Assert.NotEqual(accepted.Reference, another.Reference);
        }
    }

    [Theory]
    [InlineData(Fault.Unreachable)]
    [InlineData(Fault.Refused)]
    [InlineData(Fault.Busy)]
    public async Task what_certainly_was_not_taken_is_said_to_be_not_sent(Fault fault)
    {
        if (!Faults.Contains(fault))
        {
            return;
        }
        foreach (var channel in Enum.GetValues<Channel>().Where(Provider.Carries))
        {
            Break(fault);
            var phone = NotifierFixture.NewMobile();

            var answer = Assert.IsType<ProviderAnswer.NotSent>(await Provider.SendAsync(Message(phone, channel), default));

            Assert.Equal(fault != Fault.Refused, answer.Again);
            Assert.Matches("^[a-z-]+$", answer.Reason);
            Assert.Empty(await ArrivedAsync(phone));
        }
    }

    [Theory]
    [InlineData(Fault.Broken)]
    [InlineData(Fault.CutOff)]
    [InlineData(Fault.Garbled)]
    public async Task what_may_have_been_taken_is_never_said_to_be_not_sent(Fault fault)
    {
        if (!Faults.Contains(fault))
        {
            return;
        }
        foreach (var channel in Enum.GetValues<Channel>().Where(Provider.Carries))
        {
            Break(fault);

            var answer = await Record.ExceptionAsync(async () => Assert.IsType<ProviderAnswer.Unknown>(await Provider.SendAsync(Message(NotifierFixture.NewMobile(), channel), default)));

            Assert.False(answer is Xunit.Sdk.IsTypeException, answer?.Message);
        }
    }

    [Fact]
    public async Task it_stops_when_told_to()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provider.SendAsync(Message(NotifierFixture.NewMobile(), AnyChannel), stopped.Token));
    }

    [Fact]
    public async Task it_reads_its_own_receipts()
    {
        foreach (var kind in Enum.GetValues<ReceiptKind>())
        {
            var receipt = await ReceiveAsync(kind);

            Assert.Equal(kind, receipt?.Kind);
            Assert.Matches(kind == ReceiptKind.Failed ? "^[a-z-]+$" : "^$", receipt?.Reason ?? "");
        }
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "[1, 2]")]
    [InlineData("application/json", "{\"status\": 7}")]
    [InlineData("application/json", "{\"status\": \"<script>\"}")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "status=%00&status=%f0%9f%98%80")]
    [InlineData("text/plain", "delivered")]
    [InlineData(null, "")]
    public async Task what_is_no_receipt_is_none(string? type, string body) => Assert.Null(await Provider.ReadReceiptAsync(Request(type, body), default));

    private Channel AnyChannel => Array.Find(Enum.GetValues<Channel>(), Provider.Carries);

    internal static OutboundMessage Message(string phone, Channel channel, bool acknowledge = false) => new(
        Guid.CreateVersion7(), channel, phone, "Piteå", "sv", [new Phrase("Vattnet stängs av,", TimeSpan.FromSeconds(1)), new Phrase("kl. 10–12 😀")],
        new Uri("http://127.0.0.1:1/webhooks/test/token"), DateTimeOffset.UtcNow.AddMinutes(10), acknowledge);

    private HttpRequest Request(string? type, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Path = "/webhooks/test/token";
        http.Request.ContentType = type;
        http.Request.ContentLength = bytes.Length;
        http.Request.Body = new MemoryStream(bytes);
        Sign(http.Request, body);
        return http.Request;
    }
}
