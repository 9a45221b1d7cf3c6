using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Alerts;

/// <summary>Writes people down as recipients of an alert: in slices, each for one channel, and counted.</summary>
internal static class WriteRecipients
{
    /// <summary>Recipients in a slice, which is what a dispatcher claims at once.</summary>
    public const int SliceSize = 64;

    /// <param name="Phone">Sealed for the alert's organisation.</param>
    public sealed record Person(byte[] Phone, bool Mobile, float? Latitude, float? Longitude);

    /// <param name="batch">Orders the slices: earlier batches go first.</param>
    public static async Task RunAsync(NotifierDb db, Alert alert, int batch, IReadOnlyList<Person> people, short shard, CancellationToken cancellationToken)
    {
        var slices = people
            .Select(person => (Channel: By(alert.Options.Mode, person.Mobile), Person: person))
            .Where(pair => pair.Channel is not null)
            .GroupBy(pair => pair.Channel!.Value, pair => pair.Person)
            .SelectMany(group => group.Chunk(SliceSize).Select(chunk => (Channel: group.Key, People: chunk)))
            .ToList();
        var (reached, stopped) = (slices.Sum(slice => slice.People.Length), alert.State.IsFinal());
        if (!stopped && slices.Count > 0)
        {
            await WriteAsync(db, alert, batch, slices, cancellationToken);
        }
        var (waiting, cancelled, suppressed) = (stopped ? 0 : reached, stopped ? reached : 0, people.Count - reached);
        await db.Database.ExecuteSqlAsync($"""
            insert into alert_tallies as t (alert_id, shard, organisation_id, waiting, cancelled, suppressed) values ({alert.Id}, {shard}, {alert.OrganisationId}, {waiting}, {cancelled}, {suppressed})
            on conflict (alert_id, shard) do update set
                waiting = t.waiting + excluded.waiting, cancelled = t.cancelled + excluded.cancelled, suppressed = t.suppressed + excluded.suppressed
            """, cancellationToken);
    }

    /// <returns>Null where the alert does not reach such a phone.</returns>
    public static Channel? By(AlertMode mode, bool mobile) => mode switch
    {
        AlertMode.Voice => Channel.Voice,
        _ when mobile => Channel.Sms,
        AlertMode.Sms => null,
        _ => Channel.Voice,
    };

    private static async Task WriteAsync(
        NotifierDb db, Alert alert, int batch, List<(Channel Channel, Person[] People)> slices, CancellationToken cancellationToken)
    {
        var ids = await db.Database.SqlQueryRaw<SliceId>("""
            insert into alert_slices (organisation_id, alert_id, ordinal, channel, count)
            select @organisation, @alert, o.ordinal, o.channel, o.count from unnest(@ordinals, @channels, @counts) as o (ordinal, channel, count)
            returning id, ordinal
            """,
            Parameter("organisation", alert.OrganisationId), Parameter("alert", alert.Id),
            Parameter("ordinals", slices.Select((_, i) => (batch * 32) + i).ToArray()), Parameter("channels", slices.Select(slice => slice.Channel.Word()).ToArray()),
            Parameter("counts", slices.Select(slice => slice.People.Length).ToArray())).ToListAsync(cancellationToken);
        var slice = ids.OrderBy(id => id.Ordinal).Select(id => id.Id).ToList();
        var rows = slices.SelectMany((s, i) => s.People.Select((person, n) => (Slice: slice[i], N: (short)n, Person: person))).ToList();
        await db.Database.ExecuteSqlRawAsync("""
            insert into alert_recipients (slice_id, n, organisation_id, alert_id, phone, mobile, latitude, longitude)
            select o.slice, o.n, @organisation, @alert, o.phone, o.mobile, o.latitude, o.longitude
            from unnest(@slices, @numbers, @phones, @mobiles, @latitudes, @longitudes) as o (slice, n, phone, mobile, latitude, longitude)
            """,
            [
                Parameter("organisation", alert.OrganisationId), Parameter("alert", alert.Id), Parameter("slices", rows.Select(row => row.Slice).ToArray()),
                Parameter("numbers", rows.Select(row => row.N).ToArray()), Parameter("phones", rows.Select(row => row.Person.Phone).ToArray()),
                Parameter("mobiles", rows.Select(row => row.Person.Mobile).ToArray()), Parameter("latitudes", rows.Select(row => row.Person.Latitude).ToArray()),
                Parameter("longitudes", rows.Select(row => row.Person.Longitude).ToArray()),
            ], cancellationToken);
    }

    private static NpgsqlParameter Parameter(string name, object value) => new(name, value);

    private sealed record SliceId(long Id, int Ordinal);
}
