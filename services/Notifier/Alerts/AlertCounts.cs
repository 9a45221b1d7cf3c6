using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>How many of an alert's recipients are in which state: the tables' own numbers at one moment.</summary>
/// <param name="Recipients">All that are known so far, without those left out.</param>
/// <param name="Waiting">Nobody has been called for them yet, or another attempt is due.</param>
/// <param name="Sending">The provider is being called.</param>
/// <param name="Unknown">The provider may have it.</param>
/// <param name="Accepted">The provider has it, and nothing has been heard since.</param>
/// <param name="Expired">Nothing was heard before the alert's time was over, or it could not be sent in time.</param>
/// <param name="Suppressed">Left out: a landline where only SMS are sent.</param>
/// <param name="Resent">Possible duplicates: sent once more because nobody knew.</param>
/// <param name="Called">Called because the SMS did not arrive.</param>
public sealed record AlertCounts(
    int Recipients, int Waiting, int Sending, int Unknown, int Accepted, int Delivered, int Failed, int Expired, int Cancelled, int Suppressed, int Acknowledged,
    int Resent, int Called)
{
    public int HandedOver => Accepted + Delivered + Unknown;

    internal static readonly AlertCounts None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    internal static async Task<AlertCounts> OfAsync(NotifierDb db, Guid alertId, CancellationToken cancellationToken) =>
        (await OfAsync(db, [alertId], cancellationToken)).GetValueOrDefault(alertId, None);

    internal static Task<Dictionary<Guid, AlertCounts>> OfAsync(NotifierDb db, IReadOnlyCollection<Guid> alertIds, CancellationToken cancellationToken) =>
        db.AlertTallies.Where(t => alertIds.Contains(t.AlertId)).GroupBy(t => t.AlertId).Select(g => new
        {
            g.Key,
            Counts = new AlertCounts(
                g.Sum(t => t.Waiting + t.Sending + t.Unknown + t.Accepted + t.Delivered + t.Failed + t.Expired + t.Cancelled),
                g.Sum(t => t.Waiting), g.Sum(t => t.Sending), g.Sum(t => t.Unknown), g.Sum(t => t.Accepted), g.Sum(t => t.Delivered), g.Sum(t => t.Failed),
                g.Sum(t => t.Expired), g.Sum(t => t.Cancelled), g.Sum(t => t.Suppressed), g.Sum(t => t.Acknowledged), g.Sum(t => t.Resent), g.Sum(t => t.Called)),
        }).ToDictionaryAsync(row => row.Key, row => row.Counts, cancellationToken);
}
