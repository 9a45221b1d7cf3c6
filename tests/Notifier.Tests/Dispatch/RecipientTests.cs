using CsCheck;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Simulation;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Dispatch;

public class RecipientTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(75);

    [Fact]
    public void delivered_once_is_delivered_for_good_and_ends_what_was_to_follow()
    {
        var recipient = Histories.New(Channel.Sms);
        Record(recipient, 0, DeliveryState.Unknown);
        Assert.Equal(Grace, recipient.Last.Next!.Value.After);

        Record(recipient, 0, DeliveryState.Delivered);

        Assert.Null(recipient.Last.Next);
        Assert.Equal(RecipientState.Delivered, recipient.State);
    }

    [Fact]
    public void a_late_word_of_the_first_attempt_counts_while_the_second_is_out()
    {
        var recipient = Histories.New(Channel.Sms);
        Record(recipient, 0, DeliveryState.Unknown);
        recipient.Begin(Guid.CreateVersion7(), "second");
        Assert.Equal(RecipientState.Sending, recipient.State);

        Record(recipient, 0, DeliveryState.Delivered);
        Assert.Equal(RecipientState.Delivered, recipient.State);
        Record(recipient, 1, DeliveryState.NotSent, again: true);

        Assert.Equal((RecipientState.Delivered, null), (recipient.State, recipient.Last.Next));
    }

    [Fact]
    public void a_late_failure_of_the_first_attempt_says_nothing_of_the_second()
    {
        var recipient = Histories.New(Channel.Sms);
        Record(recipient, 0, DeliveryState.Unknown);
        recipient.Begin(Guid.CreateVersion7(), "second");

        Record(recipient, 0, DeliveryState.Failed, AlertMode.SmsThenVoice);

        Assert.Equal((RecipientState.Sending, null, true), (recipient.State, recipient.Attempts[0].Next, recipient.Attempts[0].Followed));
    }

    [Fact]
    public void a_key_pressed_ends_the_repetition_whenever_it_is_told()
    {
        var options = new AlertOptions(AlertMode.Voice, true, TimeSpan.FromMinutes(5), false, TimeSpan.FromHours(1));
        var recipient = Histories.New(Channel.Voice);
        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.Delivered), options, Grace);
        Assert.Equal((RecipientState.Delivered, Rounds.Repeated), (recipient.State, recipient.Last.Next!.Value.Rounds));

        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.Delivered, Acknowledged: true), options, Grace);

        Assert.Null(recipient.Last.Next);
        Assert.True(recipient.IsAcknowledged);
    }

    [Fact]
    public void who_got_the_sms_after_all_is_not_called_again_for_want_of_a_key()
    {
        var options = new AlertOptions(AlertMode.SmsThenVoice, true, null, false, TimeSpan.FromHours(1));
        var recipient = Histories.New(Channel.Sms);
        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.Unknown), options, Grace);
        recipient.Begin(Guid.CreateVersion7(), "second");
        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.Failed), options, Grace);
        recipient.Begin(Guid.CreateVersion7(), "first");
        recipient.Record(new Outcome(recipient.Attempts[0].Id, DeliveryState.Delivered), options, Grace);

        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.NotSent, Again: true), options, Grace);

        Assert.Equal((Channel.Voice, null, RecipientState.Delivered), (recipient.Last.Facts.Channel, recipient.Last.Next, recipient.State));
    }

    [Fact]
    public void nothing_follows_when_the_alert_is_over()
    {
        var recipient = Histories.New(Channel.Sms);
        recipient.Record(new Outcome(recipient.Last.Id, DeliveryState.NotSent, "too-many", Again: true), options: null, Grace);
        Assert.Equal((RecipientState.Failed, null), (recipient.State, recipient.Last.Next));
    }

    [Fact]
    public void every_history_moves_forward_only_resends_once_and_ends() => Histories.Any.Sample(history =>
    {
        var recipient = Histories.New(history.Voice ? Channel.Voice : Channel.Sms);
        var delivered = false;
        foreach (var step in history.Steps)
        {
            var before = recipient.Attempts.Select(attempt => attempt.State).ToList();
            step.Apply(recipient, history.Options, Grace);
            Invariant.Broken = null;
            before.Zip(recipient.Attempts, (was, attempt) => (was, attempt.State)).ToList().ForEach(pair => Invariants.MovedForward(pair.was, pair.State));
            delivered |= recipient.IsDelivered;
            var resends = recipient.Attempts.Zip(recipient.Attempts.Skip(1)).Count(pair => pair.Second.Facts.Rounds.HasFlag(Rounds.Resent) && !pair.First.Facts.Rounds.HasFlag(Rounds.Resent));
            var pending = recipient.Attempts.Count(attempt => attempt.Next is not null);
            if (Invariant.Broken is not null || resends > 1 || recipient.Attempts.Count > NextAttempt.Most || delivered != (recipient.State == RecipientState.Delivered)
                || pending > 1 || (pending == 1 && recipient.Last.Next is null) || recipient.Attempts.SkipLast(1).Any(attempt => !attempt.Followed) || recipient.Last.Followed)
            {
                return false;
            }
        }
        return true;
    }, iter: 20_000);

    [Fact]
    public void the_same_word_again_changes_nothing() => Histories.Any.Sample(history =>
    {
        var recipient = Histories.New(history.Voice ? Channel.Voice : Channel.Sms);
        foreach (var step in history.Steps)
        {
            step.Apply(recipient, history.Options, Grace);
            recipient.Attempts.ToList().ForEach(attempt => attempt.Changed = false);
            if (!step.IsBegin && step.Apply(recipient, history.Options, Grace) && recipient.Attempts.Any(attempt => attempt.Changed))
            {
                return false;
            }
        }
        return true;
    }, iter: 5_000);

    private static void Record(Recipient recipient, int attempt, DeliveryState state, AlertMode mode = AlertMode.Sms, bool again = false) =>
        recipient.Record(new Outcome(recipient.Attempts[attempt].Id, state, Again: again), new AlertOptions(mode, false, null, false, TimeSpan.FromHours(6)), Grace);
}
