namespace Ums.Notifier.Providers.Smpp;

/// <summary>An operator's message centre by SMPP 3.4. Its receipts come over the session and name the message by the centre's own id.</summary>
internal sealed class SmppProvider(SmppLink link, SmppOptions options, TimeProvider clock) : IMessageProvider
{
    public const string ProviderName = "smpp";

    /// <summary>A throttled message centre is left alone for as long; part of a message is then tried again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private long quietUntil;
    private int number = Random.Shared.Next();

    public string Name => ProviderName;

    public bool ReportsByReference => true;

    public DateTimeOffset QuietUntil => new(Volatile.Read(ref quietUntil), TimeSpan.Zero);

    public bool Carries(Channel channel) => channel == Channel.Sms;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Carries(message.Channel))
        {
            return new ProviderAnswer.NotSent("not-supported", Again: false);
        }
        if (link.Session is not { } session)
        {
            return new ProviderAnswer.NotSent("no-connection", Again: true);
        }
        if (clock.GetUtcNow() < QuietUntil)
        {
            return ProviderAnswer.TooMany;
        }
        var parts = SubmitSm.Of(message, options, (byte)Interlocked.Increment(ref number), clock.GetUtcNow());
        if (parts.Count > byte.MaxValue)
        {
            return new ProviderAnswer.NotSent("too-long", Again: false);
        }
        ProviderAnswer answer = ProviderAnswer.Garbled;
        for (var i = 0; i < parts.Count; i++)
        {
            answer = await SubmitAsync(session, parts[i], cancellationToken);
            for (; i > 0 && answer == ProviderAnswer.TooMany; answer = await SubmitAsync(session, parts[i], cancellationToken))
            {
                // The first parts are there already, so this one must follow.
                await Task.Delay(Rest, clock, cancellationToken);
            }
            if (answer is not ProviderAnswer.Accepted)
            {
                // What has gone in part is neither sent nor not sent.
                return i == 0 ? answer : new ProviderAnswer.Unknown("in-part");
            }
        }
        return answer;
    }

    /// <summary>None comes over HTTP.</summary>
    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) => Task.FromResult<Receipt?>(null);

    private async Task<ProviderAnswer> SubmitAsync(SmppSession session, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.AskAsync(Command.SubmitSm, body, cancellationToken);
            if (answer is { Command: Command.SubmitSmAnswer, Status: 0 })
            {
                return DeliverSm.Reference(new PduFields(answer.Body).Text()) is { } reference ? new ProviderAnswer.Accepted(reference) : ProviderAnswer.Garbled;
            }
            return answer.Command is Command.SubmitSmAnswer or Command.GenericNack ? Refusal(answer.Status) : ProviderAnswer.Garbled;
        }
        catch (ConnectionLostException e)
        {
            return e.HadLeft ? new ProviderAnswer.Unknown("no-answer") : new ProviderAnswer.NotSent("no-connection", Again: true);
        }
    }

    /// <summary>A status other than zero says that the message centre does not have the message.</summary>
    private ProviderAnswer Refusal(uint status)
    {
        switch (status)
        {
            // Throttled, or its queue is full.
            case 0x58 or 0x14:
                Volatile.Write(ref quietUntil, (clock.GetUtcNow() + Rest).UtcTicks);
                return ProviderAnswer.TooMany;
            // A system error, not bound, a temporary error of either side.
            case 0x08 or 0x04 or 0x64 or 0x62:
                return new ProviderAnswer.NotSent("server-error", Again: true);
            // Telia's: the sender is another's, the quota is used up. Another provider may have neither.
            case 1040 or 1041:
                return new ProviderAnswer.NotSent("account-refused", Again: true);
            default:
                return ProviderAnswer.Refused;
        }
    }
}
