using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>An alert that sends just now, with all that its messages have in common.</summary>
/// <param name="Left">How long it was still to hold when it was read, by the database's clock: this machine's may be wrong.</param>
/// <param name="ReadAt">By <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record LiveAlert(
    Guid Id, Guid OrganisationId, AlertOptions Options, AlertSender Sender, IReadOnlyList<Phrase> Sms, IReadOnlyList<Phrase> Call, TimeSpan Left, long ReadAt)
{
    public TimeSpan LeftBy(TimeProvider clock) => Left - clock.GetElapsedTime(ReadAt);

    /// <summary>The channels by which somebody waits for a first attempt.</summary>
    public IReadOnlySet<Channel> Waiting { get; init; } = new HashSet<Channel>();

    /// <summary>The channels by which somebody is due for another.</summary>
    public IReadOnlySet<Channel> Due { get; init; } = new HashSet<Channel>();

    public bool HasWork(Channel channel) => Waiting.Contains(channel) || Due.Contains(channel);

    public IReadOnlyList<Phrase> Content(Channel channel) => channel == Channel.Sms ? Sms : Call;

    public string From(Channel channel) => channel == Channel.Sms ? Sender.SmsName : Sender.CallerId;

    public override string ToString() => $"{nameof(LiveAlert)} {Id}";
}
