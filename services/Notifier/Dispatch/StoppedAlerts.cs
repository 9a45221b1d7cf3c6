using System.Collections.Frozen;

namespace Ums.Notifier.Dispatch;

/// <summary>The alerts that somebody has stopped in the last minutes, as of the last look: who is about to call asks here once more.</summary>
internal sealed class StoppedAlerts
{
    private volatile FrozenSet<Guid> alerts = [];

    public bool Contains(Guid alertId) => alerts.Contains(alertId);

    public void Set(IEnumerable<Guid> stopped) => alerts = stopped.ToFrozenSet();
}
