using CsCheck;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Dispatch;

/// <summary>What may be told of a recipient's attempts, in any order.</summary>
internal static class Histories
{
    private static readonly DeliveryState[] Told =
        [DeliveryState.Unknown, DeliveryState.NotSent, DeliveryState.Accepted, DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Expired, DeliveryState.Cancelled];

    /// <param name="Begin">Low: the attempt that is due is begun, where one is.</param>
    internal sealed record Step(int Begin, int Attempt, int State, bool Again, bool Key, bool Over)
    {
        public bool IsBegin => Begin < 3;

        /// <returns>False where there was nothing to begin.</returns>
        public bool Apply(Recipient recipient, AlertOptions options, TimeSpan grace)
        {
            if (IsBegin)
            {
                if (recipient.Last.Next is null)
                {
                    return false;
                }
                recipient.Begin(Guid.CreateVersion7(), Begin == 0 ? "first" : "second");
                return true;
            }
            var attempt = recipient.Attempts[Attempt % recipient.Attempts.Count];
            recipient.Record(new Outcome(attempt.Id, Told[State], "told", Again: Again, Acknowledged: Key), Over ? null : options, grace);
            return true;
        }
    }

    internal sealed record History(AlertOptions Options, bool Voice, Step[] Steps);

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 6], Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 19])
        .Select((begin, attempt, state, again, key, over) => new Step(begin, attempt, state, again, key == 0, over == 0));

    public static Gen<History> Any { get; } = Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool, AnyStep.Array[1, 40]).Select((mode, acknowledge, repeat, voice, steps) =>
        new History(new AlertOptions((AlertMode)mode, acknowledge, repeat ? TimeSpan.FromMinutes(5) : null, false, TimeSpan.FromHours(6)), voice, steps));

    public static Recipient New(Channel channel, Guid alert = default, long slice = 0, short n = 0) => new(
    [
        new AttemptRow { Id = Guid.CreateVersion7(), AlertId = alert, Slice = slice, N = n, Facts = new AttemptFacts(1, Rounds.First, channel), Provider = "first", State = DeliveryState.Sending },
    ]);
}
