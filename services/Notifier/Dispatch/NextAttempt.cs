using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>Why a recipient was tried more than once; later attempts keep what earlier ones had.</summary>
[Flags]
internal enum Rounds
{
    First = 0,

    /// <summary>Nobody knew whether the provider had it: the recipient may have got it twice.</summary>
    Resent = 1,

    /// <summary>By a call, because the SMS did not arrive.</summary>
    Called = 2,

    /// <summary>Once more to whom the first round did not reach.</summary>
    Repeated = 4,
}

/// <summary>One attempt, as far as the decision about another needs it.</summary>
/// <param name="Number">1 for the recipient's first.</param>
internal readonly record struct AttemptFacts(int Number, Rounds Rounds, Channel Channel);

/// <summary>
/// Decides whether a recipient is tried again. What certainly did not leave is tried until it leaves or the alert is over; what may have left is sent once more at most, after
/// receipts have had their time; beyond that only what the alert's options ask for. Pure, so that tests can ask it everything.
/// </summary>
/// <param name="After">How long to wait.</param>
internal readonly record struct NextAttempt(TimeSpan After, Rounds Rounds, Channel Channel)
{
    /// <summary>No recipient is tried more often, whatever the providers do: once a minute for a day.</summary>
    public const int Most = 1440;

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    /// <param name="outcome">How the attempt ended, as far as is known.</param>
    /// <param name="again">For <see cref="DeliveryState.NotSent"/>: whether the same message may succeed in a moment.</param>
    /// <param name="grace">How long receipts have to tell of an unknown outcome.</param>
    public static NextAttempt? Of(AttemptFacts attempt, DeliveryState outcome, bool again, AlertOptions options, TimeSpan grace)
    {
        if (attempt.Number >= Most)
        {
            return null;
        }
        return outcome switch
        {
            DeliveryState.NotSent when again && attempt.Number <= Pauses.Length => new(Pauses[attempt.Number - 1], attempt.Rounds, attempt.Channel),
            DeliveryState.NotSent when again => Call(attempt, options) ?? new(Pauses[^1], attempt.Rounds, attempt.Channel),
            DeliveryState.NotSent or DeliveryState.Failed => Call(attempt, options) ?? Repetition(attempt, options),
            DeliveryState.Unknown when !attempt.Rounds.HasFlag(Rounds.Resent) => new(grace, attempt.Rounds | Rounds.Resent, attempt.Channel),
            _ => null,
        };
    }

    /// <summary>After a call that was answered, but without the key that it asked for.</summary>
    public static NextAttempt? OfUnacknowledged(AttemptFacts attempt, AlertOptions options) =>
        options.Acknowledge && attempt.Channel == Channel.Voice && attempt.Number < Most ? Repetition(attempt, options) : null;

    private static NextAttempt? Call(AttemptFacts attempt, AlertOptions options) =>
        options.Mode == AlertMode.SmsThenVoice && attempt.Channel == Channel.Sms
            ? new(TimeSpan.Zero, attempt.Rounds | Rounds.Called, Channel.Voice)
            : null;

    private static NextAttempt? Repetition(AttemptFacts attempt, AlertOptions options) =>
        options.RepeatAfter is { } pause && !attempt.Rounds.HasFlag(Rounds.Repeated) ? new(pause, attempt.Rounds | Rounds.Repeated, attempt.Channel) : null;
}
