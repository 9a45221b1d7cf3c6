using System.Diagnostics.Metrics;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

internal static class DispatchTelemetry
{
    private static readonly Meter Meter = new("Ums.Notifier.Dispatch");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "ums.notifier.alert.calls", "{call}", "Calls to providers for alerts, by outcome.");

    public static void Count(Channel channel, string provider, ProviderAnswer answer) => Calls.Add(1,
        new("channel", channel.Word()), new("provider", provider), new("outcome", answer switch
        {
            ProviderAnswer.Accepted => "accepted",
            ProviderAnswer.NotSent => "not-sent",
            _ => "unknown",
        }));
}
