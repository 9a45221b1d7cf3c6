using System.Diagnostics.Metrics;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Messages;

internal static class HandOverTelemetry
{
    private static readonly Meter Meter = new("Ums.Notifier");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("ums.notifier.provider.calls", description: "Calls to providers by outcome");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "ums.notifier.handover.seconds", "s", "From the message's row to the provider's acceptance",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });

    public static void Count(Message message, string provider, ProviderAnswer answer, DateTimeOffset now)
    {
        Calls.Add(1, new("provider", provider), new("channel", message.Channel.Word()), new("purpose", message.Purpose), new("outcome", answer switch
        {
            ProviderAnswer.Accepted => "accepted",
            ProviderAnswer.NotSent => "not-sent",
            _ => "unknown",
        }));
        if (answer is ProviderAnswer.Accepted)
        {
            Seconds.Record((now - message.CreatedAt).TotalSeconds, new KeyValuePair<string, object?>("channel", message.Channel.Word()));
        }
    }
}
