namespace Ums.Notifier.Alerts;

/// <summary>A shard of the counts of an alert's recipients by state; see the table.</summary>
internal sealed class AlertTally
{
    public Guid AlertId { get; init; }

    public short Shard { get; init; }

    public Guid OrganisationId { get; init; }

    public int Waiting { get; init; }

    public int Sending { get; init; }

    public int Unknown { get; init; }

    public int Accepted { get; init; }

    public int Delivered { get; init; }

    public int Failed { get; init; }

    public int Expired { get; init; }

    public int Cancelled { get; init; }

    public int Suppressed { get; init; }

    public int Acknowledged { get; init; }

    public int Resent { get; init; }

    public int Called { get; init; }
}
