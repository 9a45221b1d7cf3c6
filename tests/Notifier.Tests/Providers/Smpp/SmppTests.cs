using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Smpp;
using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Smpp;
using Ums.Testing;
using Trouble = Ums.ProviderDoubles.Faults.Fault;

namespace Ums.Notifier.Tests.Providers.Smpp;

/// <summary>An operator's message centre keeps the contract on a real connection, and what SMPP adds to it.</summary>
public sealed class SmppTests : ProviderContract, IAsyncLifetime
{
    private const string Phone = "+46701740605";

    private readonly SmppHosts hosts = new();
    private SmppDouble centre = null!;
    private IHost host = null!;

    internal override IMessageProvider Provider => host.Services.GetRequiredService<IMessageProvider>();

    public async Task InitializeAsync()
    {
        centre = await SmppDouble.StartAsync(new DoubleOptions(Wire: null));
        host = await hosts.StartAsync(centre.Port);
    }

    public async Task DisposeAsync()
    {
        await hosts.DisposeAsync();
        await centre.DisposeAsync();
    }

    protected override Task<IReadOnlyList<string>> ArrivedAsync(string phone) => Task.FromResult<IReadOnlyList<string>>([.. centre.SentTo(phone).Select(entry => entry.Text)]);

    protected override void Break(Fault fault)
    {
        if (fault == Fault.Unreachable)
        {
            host = hosts.StartAsync(1, bound: false).GetAwaiter().GetResult();
            return;
        }
        centre.Weather.Status = 0x0B;
        centre.Weather.Next.Enqueue(fault switch
        {
            Fault.Refused => Trouble.Status,
            Fault.Busy => Trouble.TooMany,
            Fault.Broken => Trouble.ErrorAfter,
            Fault.CutOff => Trouble.CutOff,
            _ => Trouble.Garbled,
        });
    }

    internal override (string ContentType, string Body) Write(ReceiptKind kind) => throw new NotSupportedException("They come over the session.");

    internal override async Task<Receipt?> ReceiveAsync(ReceiptKind kind)
    {
        hosts.Received.Clear();
        await centre.ReportAsync("00A0000001", kind.ToString().ToLowerInvariant());
        return hosts.Received.TryDequeue(out var one) ? one.Receipt : null;
    }

    [Fact]
    public async Task a_receipt_names_the_message_as_the_acceptance_did()
    {
        centre.States = ["sent", "delivered"];

        var accepted = Assert.IsType<ProviderAnswer.Accepted>(await Provider.SendAsync(Message(Phone, Channel.Sms), default));

        await Eventually.TrueAsync(() => hosts.Received.Count == 2);
        Assert.Equal([(accepted.Reference, new Receipt(ReceiptKind.Sent)), (accepted.Reference, new Receipt(ReceiptKind.Delivered))], hosts.Received);
    }

    [Fact]
    public async Task a_receipt_that_cannot_be_applied_is_brought_again_until_it_is()
    {
        var failures = 2;
        hosts.Sink = _ => failures-- > 0 ? throw new UnknownReferenceException() : Task.CompletedTask;
        centre.States = ["delivered"];

        await Provider.SendAsync(Message(Phone, Channel.Sms), default);

        await Eventually.TrueAsync(() => hosts.Received.Count == 1);
        Assert.Equal(2, centre.Heard.Count(unit => unit is { Command: 0x80000005, Status: 0x64 }));
    }

    [Fact]
    public async Task a_lost_connection_is_made_again_and_so_is_one_that_the_centre_ends()
    {
        centre.Cut();
        await SendsAgainAsync();

        await centre.UnbindAsync();
        await SendsAgainAsync();

        Assert.Equal(3, centre.Heard.Count(unit => unit.Command == 9));
    }

    [Fact]
    public async Task a_centre_that_falls_silent_is_left_and_found_again()
    {
        await Eventually.TrueAsync(() => centre.Heard.Any(unit => unit.Command == 0x15));

        centre.Weather.Plan = new FaultPlan(SilentBefore: 1);
        await Eventually.TrueAsync(() => centre.Heard.Count(unit => unit.Command == 9) == 2, TimeSpan.FromSeconds(20));
        centre.Weather.Plan = FaultPlan.None;

        await SendsAgainAsync();
    }

    [Fact]
    public async Task the_window_is_used_and_never_exceeded()
    {
        centre.Weather.Plan = new FaultPlan(LatencyMilliseconds: 20);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Provider.SendAsync(Message($"+4670174{i:d4}", Channel.Sms), default)));

        Assert.All(answers, answer => Assert.IsType<ProviderAnswer.Accepted>(answer));
        Assert.Equal(200, answers.Distinct().Count());
        Assert.Equal(10, centre.MostAtOnce);
    }

    [Fact]
    public async Task what_waits_for_an_answer_when_the_connection_breaks_is_unknown_and_what_had_not_left_is_not_sent()
    {
        centre.Weather.Plan = new FaultPlan(SilentAfter: 1);
        var sending = Enumerable.Range(0, 30).Select(i => Provider.SendAsync(Message($"+4670174{i:d4}", Channel.Sms), default)).ToList();
        await Eventually.TrueAsync(() => centre.Ledger.Count == 10);

        centre.Cut();

        var answers = await Task.WhenAll(sending);
        Assert.Equal(10, answers.Count(answer => answer is ProviderAnswer.Unknown));
        Assert.Equal(20, answers.Count(answer => answer is ProviderAnswer.NotSent { Again: true }));
        Assert.Equal(10, centre.Ledger.Count);
    }

    [Theory]
    [InlineData(0x0A, "refused", false)]
    [InlineData(0x14, "too-many", true)]
    [InlineData(0x08, "server-error", true)]
    [InlineData(1040, "account-refused", true)]
    [InlineData(1041, "account-refused", true)]
    [InlineData(1042, "refused", false)]
    public async Task a_status_is_not_sent(int status, string reason, bool again)
    {
        centre.Weather.Status = status;
        centre.Weather.Next.Enqueue(Trouble.Status);

        Assert.Equal(new ProviderAnswer.NotSent(reason, again), await Provider.SendAsync(Message(Phone, Channel.Sms), default));
    }

    [Fact]
    public async Task a_centre_that_is_throttled_within_a_message_gets_the_rest_of_it_later()
    {
        centre.Weather.Next.Enqueue(null);
        centre.Weather.Next.Enqueue(Trouble.TooMany);
        var text = new string('å', 400);

        var answer = await Provider.SendAsync(Message(Phone, Channel.Sms) with { Content = [new Phrase(text)] }, default);

        Assert.IsType<ProviderAnswer.Accepted>(answer);
        Assert.Equal(text, Assert.Single(await ArrivedAsync(Phone)));
    }

    [Fact]
    public async Task a_message_that_went_in_part_is_unknown()
    {
        centre.Weather.Status = 0x0B;
        centre.Weather.Next.Enqueue(null);
        centre.Weather.Next.Enqueue(Trouble.Status);

        Assert.Equal(new ProviderAnswer.Unknown("in-part"), await Provider.SendAsync(Message(Phone, Channel.Sms) with { Content = [new Phrase(new string('a', 200))] }, default));
    }

    [Fact]
    public async Task silence_is_unknown_after_the_timeout()
    {
        centre.Weather.Next.Enqueue(Trouble.SilentAfter);
        var guarded = new GuardedProvider(Provider, new ProviderOptions { Timeout = TimeSpan.FromSeconds(0.5) }, TimeProvider.System, NullLogger<GuardedProvider>.Instance);

        Assert.Equal(new ProviderAnswer.Unknown("timeout"), await guarded.SendAsync(Message(Phone, Channel.Sms), default));
    }

    [Fact]
    public async Task a_farewell_is_said_when_the_service_stops()
    {
        await host.StopAsync();

        Assert.Contains(centre.Heard, unit => unit.Command == 6);
    }

    [Fact]
    public async Task with_a_wrong_password_nothing_is_sent_and_the_pauses_grow()
    {
        var settings = SmppHosts.Account(centre.Port);
        settings["Providers:Smpp:Password"] = "wrong";
        var refused = hosts.Build(settings);
        await refused.StartAsync();

        await Eventually.TrueAsync(() => centre.Heard.Count(unit => unit.Command == 9) >= 3);

        Assert.Equal(new ProviderAnswer.NotSent("no-connection", Again: true),
            await refused.Services.GetRequiredService<IMessageProvider>().SendAsync(Message(Phone, Channel.Sms), default));
        Assert.Equal([250, 500, 1000, 16_000, 30_000, 30_000], new[] { 1, 2, 3, 7, 8, 1000 }.Select(failures => SmppLink.Pause(failures).TotalMilliseconds));
    }

    private Task SendsAgainAsync() => Eventually.PassesAsync(async () => Assert.IsType<ProviderAnswer.Accepted>(await Provider.SendAsync(Message(Phone, Channel.Sms), default)));
}
