using CsCheck;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Dispatch;

public class NextAttemptTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private static readonly DeliveryState[] Ends =
        [DeliveryState.NotSent, DeliveryState.Unknown, DeliveryState.Accepted, DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Expired, DeliveryState.Cancelled];

    private static readonly Gen<AlertOptions> AnyOptions = Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool)
        .Select((mode, acknowledge, repeat, danger) => new AlertOptions((AlertMode)mode, acknowledge, repeat ? Pause : null, danger, TimeSpan.FromHours(6)));

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 15)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 60)]
    [InlineData(200, 60)]
    public void what_did_not_leave_is_tried_again_after_growing_pauses(int number, double seconds) =>
        Assert.Equal(new NextAttempt(TimeSpan.FromSeconds(seconds), Rounds.First, Channel.Sms), Next(new(number, Rounds.First, Channel.Sms), DeliveryState.NotSent, again: true));

    [Fact]
    public void who_cannot_be_sent_an_sms_for_minutes_is_called_where_the_alert_calls()
    {
        var last = new AttemptFacts(7, Rounds.First, Channel.Sms);
        Assert.Equal(new NextAttempt(TimeSpan.Zero, Rounds.Called, Channel.Voice), Next(last, DeliveryState.NotSent, again: true, Options(AlertMode.SmsThenVoice)));
        Assert.Null(Next(new(NextAttempt.Most, Rounds.First, Channel.Sms), DeliveryState.NotSent, again: true));
    }

    [Fact]
    public void an_unknown_outcome_waits_for_receipts_and_is_sent_once_more_and_never_again()
    {
        var first = Next(new(1, Rounds.First, Channel.Sms), DeliveryState.Unknown);
        Assert.Equal(new NextAttempt(Grace, Rounds.Resent, Channel.Sms), first);
        Assert.Null(Next(new(2, Rounds.Resent, Channel.Sms), DeliveryState.Unknown));
        // Not even by another channel, or in the repetition: who may have it twice already gets no third.
        Assert.Null(Next(new(3, Rounds.Resent | Rounds.Called, Channel.Voice), DeliveryState.Unknown, options: Options(AlertMode.SmsThenVoice, repeat: Pause)));
    }

    [Theory]
    [InlineData(AlertMode.Sms, false)]
    [InlineData(AlertMode.Voice, false)]
    [InlineData(AlertMode.SmsAndVoice, false)]
    [InlineData(AlertMode.SmsThenVoice, true)]
    internal void only_one_mode_calls_whose_sms_has_failed(AlertMode mode, bool calls)
    {
        var next = Next(new(1, Rounds.First, Channel.Sms), DeliveryState.Failed, options: Options(mode));
        Assert.Equal(calls ? new NextAttempt(TimeSpan.Zero, Rounds.Called, Channel.Voice) : null, next);
        Assert.Null(Next(new(2, Rounds.Called, Channel.Voice), DeliveryState.Failed, options: Options(mode)));
    }

    [Fact]
    public void a_call_is_repeated_once_where_no_key_was_pressed_and_only_where_one_was_asked_for()
    {
        var call = new AttemptFacts(1, Rounds.First, Channel.Voice);
        Assert.Equal(new NextAttempt(Pause, Rounds.Repeated, Channel.Voice), NextAttempt.OfUnacknowledged(call, Options(acknowledge: true, repeat: Pause)));
        Assert.Null(NextAttempt.OfUnacknowledged(call with { Rounds = Rounds.Repeated }, Options(acknowledge: true, repeat: Pause)));
        Assert.Null(NextAttempt.OfUnacknowledged(call, Options(acknowledge: false, repeat: Pause)));
        Assert.Null(NextAttempt.OfUnacknowledged(call, Options(acknowledge: true)));
        Assert.Null(NextAttempt.OfUnacknowledged(call with { Channel = Channel.Sms }, Options(acknowledge: true, repeat: Pause)));
    }

    [Fact]
    public void what_has_arrived_or_was_stopped_is_never_followed()
    {
        foreach (var state in new[] { DeliveryState.Accepted, DeliveryState.Delivered, DeliveryState.Expired, DeliveryState.Cancelled })
        {
            AnyOptions.Sample(options => Next(new(1, Rounds.First, Channel.Sms), state, again: true, options) is null, iter: 100);
        }
    }

    /// <summary>Whatever providers answer, in whatever order: every chain ends, never leaves a round behind, and sends what may have left once more at most.</summary>
    [Fact]
    public void every_chain_of_attempts_ends_and_keeps_its_rounds() =>
        Gen.Select(AnyOptions, Gen.Bool, Gen.Select(Gen.Int[0, Ends.Length - 1], Gen.Bool).Array[40]).Sample((options, voice, answers) =>
        {
            var attempt = new AttemptFacts(1, Rounds.First, voice ? Channel.Voice : Channel.Sms);
            var (resends, left) = (0, 0);
            foreach (var (end, again) in answers)
            {
                if (NextAttempt.Of(attempt, Ends[end], again, options, Grace) is not { } next)
                {
                    return true;
                }
                resends += Ends[end] == DeliveryState.Unknown ? 1 : 0;
                left += Ends[end] == DeliveryState.NotSent && again ? 0 : 1;
                var kept = (next.Rounds & attempt.Rounds) == attempt.Rounds;
                var bounded = resends <= 1 && attempt.Number < NextAttempt.Most && next.After >= TimeSpan.Zero;
                var asked = (next.Channel == attempt.Channel || options.Mode == AlertMode.SmsThenVoice)
                    && (!next.Rounds.HasFlag(Rounds.Repeated) || options.RepeatAfter is not null);
                if (!kept || !bounded || !asked)
                {
                    return false;
                }
                attempt = new AttemptFacts(attempt.Number + 1, next.Rounds, next.Channel);
            }
            // Only what never left can go on for so long.
            return left <= 3;
        }, iter: 20_000);

    private static AlertOptions Options(AlertMode mode = AlertMode.Sms, bool acknowledge = false, TimeSpan? repeat = null) => new(mode, acknowledge, repeat, false, TimeSpan.FromHours(6));

    private static NextAttempt? Next(AttemptFacts attempt, DeliveryState outcome, bool again = false, AlertOptions? options = null) =>
        NextAttempt.Of(attempt, outcome, again, options ?? Options(), Grace);
}
