using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ums.ServiceDefaults.Messaging;

internal static class MessagingTelemetry
{
    public const string Name = "Ums.Messaging";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);
}
