using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ums.ServiceDefaults.Messaging;

internal static class MessagingTelemetry
{
    public const string Name = "Ums.Messaging";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("ums.outbox.attempts", "{message}", "Attempts to carry a message, by outcome: Confirmed, HandedOver, Failed, Unreadable.");

    public static void Count(IEnumerable<OutboxOutcome> outcomes)
    {
        foreach (var kind in outcomes.GroupBy(outcome => (outcome.GetType().Name, outcome.Row.Urgent)))
        {
            Attempts.Add(kind.Count(), new KeyValuePair<string, object?>("outcome", kind.Key.Name), new KeyValuePair<string, object?>("urgent", kind.Key.Urgent));
        }
    }
}
