namespace Ums.Gateway.Clients;

/// <summary>How an alert went, as Notifier counts it.</summary>
/// <param name="Cost">In kronor without tax; null where it cannot be said any more.</param>
internal sealed record AlertReport(AlertProviderLine[] ByProvider, AlertHourLine[] ByHour, AlertReasonLine[] ByReason, AlertPoint[] Curve, decimal? Cost)
{
    public static readonly AlertReport Empty = new([], [], [], [], null);
}

internal sealed record AlertProviderLine(string Provider, string Channel, int Attempts, int Delivered, int Failed, int Refused, int Open, decimal? Cost);

internal sealed record AlertHourLine(DateTimeOffset Hour, int HandedOver, int Delivered, int Failed);

internal sealed record AlertReasonLine(string? Reason, string? Channel, string State, int Recipients);

internal sealed record AlertPoint(DateTimeOffset At, int HandedOver, int Delivered, int Failed);
