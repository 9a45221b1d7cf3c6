using Npgsql;
using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;

namespace Ums.Notifier.Dispatch;

/// <summary>The statements, and how rows become recipients and back.</summary>
internal sealed partial class DispatchStore
{
    /// <summary>$1 alert, $2 channel, $3 provider, $4 ids for the attempts, $5 id of the claim, $6 shard. Cancelling takes the alert's row first, so neither misses the other.</summary>
    private const string ClaimSliceSql = """
        with slice as (
            select s.id, s.alert_id, s.organisation_id, s.channel, s.count from alert_slices s
            where s.alert_id = $1 and s.channel = $2 and s.state = 'waiting'
                and exists (select from alerts a where a.id = $1 and a.state = 'sending' and not a.held and a.expires_at > now())
            order by s.ordinal limit 1 for update skip locked),
        taken as (update alert_slices s set state = 'claimed' where s.id = (select id from slice)),
        people as (select r.n, r.phone, ($4::uuid[])[r.n + 1] as attempt from slice join alert_recipients r on r.slice_id = slice.id),
        made as (
            insert into alert_attempts (id, organisation_id, alert_id, slice_id, n, number, rounds, channel, provider, state, created_at)
            select people.attempt, slice.organisation_id, slice.alert_id, slice.id, people.n, 1, 0, slice.channel, $3, 'sending', now() from slice, people),
        claim as (
            insert into alert_claims (id, organisation_id, alert_id, attempts)
            select $5, organisation_id, alert_id, (select array_agg(attempt) from people) from slice),
        tally as (
            insert into alert_tallies as t (alert_id, shard, organisation_id, waiting, sending) select alert_id, $6, organisation_id, -count, count from slice
            on conflict (alert_id, shard) do update set waiting = t.waiting + excluded.waiting, sending = t.sending + excluded.sending)
        select slice.organisation_id, people.attempt, people.phone from slice, people
        """;

    /// <summary>
    /// $1 claim, $2 attempts that were accepted, $3 their references, $4 shard. What nearly every message comes to, in one statement: a first attempt of which nobody
    /// has told anything yet. Answers with the ids that it settled; the others are looked at one by one. The first row is there whenever the claim still was.
    /// The sum keeps the plan to the ids' index: one made of an empty table would take that of the numbers.
    /// </summary>
    private const string SettleFirstSql = """
        with mine as (delete from alert_claims where id = $1 returning alert_id, organisation_id),
        settled as (
            update alert_attempts a set state = 'accepted', reference = coalesce(a.reference, o.reference), ended_at = now()
            from mine, unnest($2::uuid[], $3::text[]) as o (id, reference)
            where a.id = o.id and a.number + 0 = 1 and a.state = 'sending' returning a.id),
        tally as (
            insert into alert_tallies as t (alert_id, shard, organisation_id, sending, accepted)
            select alert_id, $4, organisation_id, -n, n from mine, (select count(*)::int from settled) as s (n) where n > 0
            on conflict (alert_id, shard) do update set sending = t.sending + excluded.sending, accepted = t.accepted + excluded.accepted)
        select null::uuid from mine union all select id from settled
        """;

    private const string AttemptColumns =
        "b.id, b.alert_id, b.organisation_id, b.slice_id, b.n, b.number, b.rounds, b.channel, b.provider, b.state, b.next_at - now(), b.next_rounds, b.next_channel, b.followed, b.acknowledged_at is not null, b.reference, b.reason, l.options::text, l.state = 'sending' and l.expires_at > now(), now() - b.ended_at";

    /// <summary>All attempts of the recipients that $1 belongs to. Locked in one order, so that two who record do not wait for each other.</summary>
    private const string AffectedSql = $"""
        select {AttemptColumns}, null::bytea from alert_attempts b join alerts l on l.id = b.alert_id
        where (b.slice_id, b.n) in (select a.slice_id, a.n from alert_attempts a where a.id = any($1))
        order by b.id for update of b
        """;

    /// <summary>$1 alert, $2 channel, $3 how many.</summary>
    private const string DueSql = $"""
        with due as (
            select a.slice_id, a.n from alert_attempts a
            where a.alert_id = $1 and a.next_at <= now() and a.next_channel = $2
                and exists (select from alerts l where l.id = $1 and l.state = 'sending' and not l.held and l.expires_at > now())
            order by a.next_at limit $3 for update skip locked)
        select {AttemptColumns}, r.phone from alert_attempts b join due using (slice_id, n) join alert_recipients r using (slice_id, n) join alerts l on l.id = b.alert_id
        order by b.id for update of b
        """;

    private const string SweepSql = """
        delete from alert_claims where id in (select id from alert_claims where deadline < now() order by deadline limit 50 for update skip locked) returning attempts
        """;

    private const string UpdateSql = """
        update alert_attempts a set state = o.state, reason = o.reason, reference = o.reference, next_at = now() + o.pause, next_rounds = o.rounds, next_channel = o.channel,
            followed = o.followed, acknowledged_at = case when o.acknowledged then coalesce(a.acknowledged_at, now()) end,
            ended_at = case when o.state <> 'sending' then coalesce(a.ended_at, now()) end
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::interval[], $6::smallint[], $7::text[], $8::boolean[], $9::boolean[])
            as o (id, state, reason, reference, pause, rounds, channel, followed, acknowledged)
        where a.id = o.id
        """;

    private const string InsertSql = """
        with made as (
            insert into alert_attempts (id, organisation_id, alert_id, slice_id, n, number, rounds, channel, provider, state, created_at)
            select o.id, $2, $3, o.slice, o.n, o.number, o.rounds, o.channel, o.provider, 'sending', now()
            from unnest($4::uuid[], $5::bigint[], $6::smallint[], $7::smallint[], $8::smallint[], $9::text[], $10::text[])
                as o (id, slice, n, number, rounds, channel, provider))
        insert into alert_claims (id, organisation_id, alert_id, attempts) values ($1, $2, $3, $4)
        """;

    /// <summary>By which a receipt that names no attempt finds it. Beside the attempts, whose own rows would be dearer to write with another index on them.</summary>
    private const string ReferenceSql = """
        insert into alert_references (provider, reference, attempt_id, organisation_id, alert_id)
        select a.provider, a.reference, a.id, a.organisation_id, a.alert_id from alert_attempts a where a.id = any($1) and a.reference is not null on conflict do nothing
        """;

    private const string TallySql = """
        insert into alert_tallies as t (alert_id, shard, organisation_id, waiting, sending, unknown, accepted, delivered, failed, expired, cancelled, acknowledged, resent, called)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (alert_id, shard) do update set
            waiting = t.waiting + excluded.waiting, sending = t.sending + excluded.sending, unknown = t.unknown + excluded.unknown,
            accepted = t.accepted + excluded.accepted, delivered = t.delivered + excluded.delivered, failed = t.failed + excluded.failed,
            expired = t.expired + excluded.expired, cancelled = t.cancelled + excluded.cancelled, acknowledged = t.acknowledged + excluded.acknowledged,
            resent = t.resent + excluded.resent, called = t.called + excluded.called
        """;

    /// <param name="Options">Null where the alert is over.</param>
    private sealed record AlertFacts(Guid OrganisationId, AlertOptions? Options);

    private sealed record Loaded(List<Recipient> Recipients, Dictionary<Guid, AlertFacts> Alerts, Dictionary<(long, short), byte[]> Phones);

    /// <summary>
    /// Locks and reads. An attempt that somebody began while we waited for the lock is not in what our statement sees, but the mark on the one before it is: then
    /// another statement sees both.
    /// </summary>
    private static async Task<Loaded> LoadAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        while (true)
        {
            var loaded = await ReadAsync(connection, Command(sql, values), cancellationToken);
            if (!loaded.Recipients.Exists(recipient => recipient.Last.Followed))
            {
                return loaded;
            }
        }
    }

    private static async Task<Loaded> ReadAsync(NpgsqlConnection connection, NpgsqlBatchCommand which, CancellationToken cancellationToken)
    {
        var (rows, facts, phones) = (new List<AttemptRow>(), new Dictionary<Guid, AlertFacts>(), new Dictionary<(long, short), byte[]>());
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Everywhere), which } };
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Read(reader);
                rows.Add(row);
                if (!facts.ContainsKey(row.AlertId))
                {
                    facts[row.AlertId] = new(reader.GetGuid(2), reader.GetBoolean(18) ? AlertJson.Read<AlertOptions>(reader.GetString(17)) : null);
                }
                if (!reader.IsDBNull(20))
                {
                    phones[(row.Slice, row.N)] = reader.GetFieldValue<byte[]>(20);
                }
            }
        }
        return new Loaded([.. rows.GroupBy(row => (row.Slice, row.N)).Select(group => new Recipient(group))], facts, phones);
    }

    private static AttemptRow Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        AlertId = row.GetGuid(1),
        Slice = row.GetInt64(3),
        N = row.GetInt16(4),
        Facts = new AttemptFacts(row.GetInt16(5), (Rounds)row.GetInt16(6), DeliveryStates.ChannelOf(row.GetString(7))),
        Provider = row.GetString(8),
        State = DeliveryStates.Of(row.GetString(9)),
        Next = row.IsDBNull(10) ? null : new NextAttempt(row.GetTimeSpan(10), (Rounds)row.GetInt16(11), DeliveryStates.ChannelOf(row.GetString(12))),
        Followed = row.GetBoolean(13),
        Acknowledged = row.GetBoolean(14),
        Reference = row.IsDBNull(15) ? null : row.GetString(15),
        Reason = row.IsDBNull(16) ? null : row.GetString(16),
        Age = row.IsDBNull(19) ? null : row.GetTimeSpan(19),
    };

    private static NpgsqlBatchCommand Update(List<AttemptRow> changed) => Command(
        UpdateSql,
        changed.Select(a => a.Id).ToArray(), changed.Select(a => a.State.Word()).ToArray(), changed.Select(a => a.Reason).ToArray(), changed.Select(a => a.Reference).ToArray(),
        changed.Select(a => a.Next?.After).ToArray(), changed.Select(a => (short?)a.Next?.Rounds).ToArray(), changed.Select(a => a.Next?.Channel.Word()).ToArray(),
        changed.Select(a => a.Followed).ToArray(), changed.Select(a => a.Acknowledged).ToArray());

    private static NpgsqlBatchCommand Insert(List<AttemptRow> begun, Guid organisation, Guid claim) => Command(
        InsertSql,
        claim, organisation, begun[0].AlertId, begun.Select(a => a.Id).ToArray(), begun.Select(a => a.Slice).ToArray(), begun.Select(a => a.N).ToArray(),
        begun.Select(a => (short)a.Facts.Number).ToArray(), begun.Select(a => (short)a.Facts.Rounds).ToArray(), begun.Select(a => a.Facts.Channel.Word()).ToArray(),
        begun.Select(a => a.Provider).ToArray());

    private static NpgsqlBatchCommand Tally(Guid alertId, Guid organisation, int shard, TallyChange change) => Command(
        TallySql, alertId, (short)shard, organisation, change[RecipientState.Waiting], change[RecipientState.Sending], change[RecipientState.Unknown],
        change[RecipientState.Accepted], change[RecipientState.Delivered], change[RecipientState.Failed], change[RecipientState.Expired],
        change[RecipientState.Cancelled], change.Acknowledged, change.Resent, change.Called);
}
