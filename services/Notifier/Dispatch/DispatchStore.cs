using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// The database as dispatchers see it: plain SQL over arrays, a commit for each claim and one for each settlement. Every statement spans organisations, because a
/// dispatcher works for all; what it touches is named by ids that came from these tables.
/// </summary>
internal sealed partial class DispatchStore(NpgsqlDataSource source, ProviderRoutes routes, IOptions<DispatchOptions> options, TimeProvider clock) : IDispatchStore
{
    /// <summary>
    /// Spans organisations; and keeps the planner to indexes: every statement here names its rows, while a table that was empty when a plan was made and cached
    /// would be read from end to end for each of a million recipients. With nothing left to choose a plan serves all: made anew it costs as much as it does.
    /// </summary>
    private const string Everywhere = """
        select set_config('ums.organisation', 'all', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    public async Task<Claim?> ClaimSliceAsync(Guid alertId, Channel channel, string provider, int shard, CancellationToken cancellationToken)
    {
        var (claim, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var ids = Enumerable.Range(0, DispatchOptions.Window).Select(_ => Guid.CreateVersion7(now)).ToArray();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Everywhere), Command(ClaimSliceSql, alertId, channel.Word(), provider, ids, claim, (short)shard) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var attempts = new List<ClaimedAttempt>(DispatchOptions.Window);
        var organisation = Guid.Empty;
        while (await reader.ReadAsync(cancellationToken))
        {
            organisation = reader.GetGuid(0);
            attempts.Add(new ClaimedAttempt(reader.GetGuid(1), provider, reader.GetFieldValue<byte[]>(2)));
        }
        return attempts.Count == 0 ? null : new Claim(claim, alertId, organisation, channel, attempts);
    }

    public async Task<Claim?> ClaimDueAsync(Guid alertId, Channel channel, Func<string, string> provider, int shard, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var loaded = await LoadAsync(connection, DueSql, [alertId, channel.Word(), DispatchOptions.Window], cancellationToken);
        if (loaded.Recipients.Count == 0 || loaded.Alerts.GetValueOrDefault(alertId) is not { } alert)
        {
            return null;
        }
        var (change, now) = (new TallyChange(), clock.GetUtcNow());
        var begun = loaded.Recipients.ConvertAll(recipient =>
        {
            var (before, last) = (recipient.State, recipient.Last);
            var attempt = recipient.Begin(Guid.CreateVersion7(now), provider(last.Provider));
            change.Moved(before, recipient.State);
            change.CountBegun(last.Facts.Rounds, attempt.Facts.Rounds);
            return attempt;
        });
        var claim = Guid.CreateVersion7();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Update(loaded.Recipients.SelectMany(r => r.Attempts).Where(a => a.Changed).ToList()), Insert(begun, alert.OrganisationId, claim) },
        };
        batch.BatchCommands.Add(Tally(alertId, alert.OrganisationId, shard, change));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Claim(claim, alertId, alert.OrganisationId, channel, begun.ConvertAll(a => new ClaimedAttempt(a.Id, a.Provider, loaded.Phones[(a.Slice, a.N)])));
    }

    public async Task<bool> SettleAsync(Claim claim, IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await SettleFirstAsync(connection, claim, outcomes, shard, cancellationToken) is not { } settled)
        {
            return false;
        }
        await RecordAsync(connection, transaction, [.. outcomes.Where(outcome => outcome.ByReference || !settled.Contains(outcome.AttemptId))], shard, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <returns>The attempts of which nothing more is to be recorded; null where the claim was taken away.</returns>
    private static async Task<HashSet<Guid>?> SettleFirstAsync(
        NpgsqlConnection connection, Claim claim, IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        // In the order in which receipts lock them, so that the two do not wait for each other.
        var accepted = outcomes.Where(outcome => outcome is { State: DeliveryState.Accepted, Acknowledged: false }).OrderBy(outcome => outcome.AttemptId).ToList();
        var settle = Command(SettleFirstSql, claim.Id, accepted.Select(a => a.AttemptId).ToArray(), accepted.Select(a => a.Reference).ToArray(), (short)shard);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Everywhere), settle } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        HashSet<Guid>? settled = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            settled ??= [];
            if (!reader.IsDBNull(0))
            {
                settled.Add(reader.GetGuid(0));
            }
        }
        return settled;
    }

    public async Task<IReadOnlyCollection<Guid>> RecordAsync(IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var others = await RecordAsync(connection, transaction, outcomes, shard, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return others;
    }

    public async Task<int> SweepAsync(int shard, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var lost = new List<Outcome>();
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(Everywhere), new(SweepSql) } })
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                lost.AddRange(reader.GetFieldValue<Guid[]>(0).Select(id => new Outcome(id, DeliveryState.Unknown, "interrupted")));
            }
        }
        await RecordAsync(connection, transaction, lost, shard, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return lost.Count;
    }

    /// <returns>The ids that are no attempts of alerts.</returns>
    private async Task<IReadOnlyCollection<Guid>> RecordAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
        {
            return [];
        }
        var loaded = await LoadAsync(connection, AffectedSql, [outcomes.Select(outcome => outcome.AttemptId).ToArray()], cancellationToken);
        var recipients = loaded.Recipients.SelectMany(recipient => recipient.Attempts.Select(attempt => (attempt.Id, recipient))).ToDictionary();
        var changes = new Dictionary<Guid, TallyChange>();
        foreach (var outcome in outcomes.Where(outcome => recipients.ContainsKey(outcome.AttemptId)))
        {
            var recipient = recipients[outcome.AttemptId];
            var attempt = recipient.Attempts.Single(a => a.Id == outcome.AttemptId);
            if (outcome.State == DeliveryState.Delivered && attempt is { State: DeliveryState.Accepted, Age: { } age })
            {
                routes.Delivered(attempt.Provider, age);
            }
            var (before, acknowledged, alertId) = (recipient.State, recipient.IsAcknowledged, recipient.Last.AlertId);
            recipient.Record(outcome, loaded.Alerts.GetValueOrDefault(alertId)?.Options, options.Value.Grace);
            var change = changes.TryGetValue(alertId, out var known) ? known : changes[alertId] = new TallyChange();
            change.Moved(before, recipient.State);
            if (!acknowledged && recipient.IsAcknowledged)
            {
                change.CountAcknowledged();
            }
        }
        var changed = loaded.Recipients.SelectMany(recipient => recipient.Attempts).Where(attempt => attempt.Changed).ToList();
        if (changed.Count > 0)
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Update(changed) } };
            // In one order, so that two who count do not wait for each other.
            foreach (var (alertId, change) in changes.Where(pair => !pair.Value.IsNothing).OrderBy(pair => pair.Key))
            {
                batch.BatchCommands.Add(Tally(alertId, loaded.Alerts[alertId].OrganisationId, shard, change));
            }
            if (outcomes.Any(outcome => outcome.ByReference))
            {
                batch.BatchCommands.Add(Command(ReferenceSql, outcomes.Where(outcome => outcome.ByReference).Select(outcome => outcome.AttemptId).ToArray()));
            }
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        return [.. outcomes.Select(outcome => outcome.AttemptId).Where(id => !recipients.ContainsKey(id))];
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }
}
