using Npgsql;

namespace Ums.ServiceDefaults.Audit;

/// <summary>The end of an organisation's chain, as it was found. Kept outside the database, it later shows whether rows were cut off.</summary>
public sealed record AuditHead(Guid OrganisationId, long Position, string Hash);

/// <param name="Faults">One sentence each; none where every chain holds.</param>
public sealed record AuditFindings(long Rows, IReadOnlyList<AuditHead> Heads, IReadOnlyList<string> Faults);

/// <summary>
/// Reads every audit row and works each hash out anew: a row that was changed, removed, put in between or cut off the end is found. Rows that are cut off
/// together with the head that names them are found by comparing with heads that were kept from an earlier time.
/// </summary>
public sealed class VerifyAudit(NpgsqlDataSource source, AuditChain chain)
{
    private const int MostFaults = 20;

    /// <param name="earlier">Heads of an earlier run.</param>
    public async Task<AuditFindings> RunAsync(IReadOnlyCollection<AuditHead> earlier, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var everywhere = new NpgsqlCommand("select set_config('ums.organisation', 'all', true)", connection))
        {
            await everywhere.ExecuteNonQueryAsync(cancellationToken);
        }
        var found = new Findings(chain, earlier);
        await using (var rows = new NpgsqlCommand("""
            select organisation_id, position, at, actor, actor_id, action, person_id, target, detail, reason, previous, hash from audit_log
            order by organisation_id, position
            """, connection))
        await using (var reader = await rows.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add(AuditRows.Read(reader), reader.GetFieldValue<byte[]>(10), reader.GetFieldValue<byte[]>(11));
            }
        }
        await using (var heads = new NpgsqlCommand("select organisation_id, position, hash from audit_heads where position > 0", connection))
        await using (var reader = await heads.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Compare(new AuditHead(reader.GetGuid(0), reader.GetInt64(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2))));
            }
        }
        return found.Conclude();
    }

    private sealed class Findings(AuditChain chain, IReadOnlyCollection<AuditHead> earlier)
    {
        private readonly Dictionary<Guid, AuditHead> ends = [];
        private readonly List<string> faults = [];
        private readonly HashSet<(Guid, long)> wanted = [.. earlier.Select(head => (head.OrganisationId, head.Position))];
        private readonly Dictionary<(Guid, long), string> met = [];
        private long count;
        private (Guid Organisation, long Position, byte[] Hash) last = (Guid.Empty, 0, []);

        public void Add(AuditRow row, byte[] previous, byte[] hash)
        {
            count++;
            if (row.OrganisationId != last.Organisation)
            {
                last = (row.OrganisationId, 0, []);
            }
            if (row.Position != last.Position + 1)
            {
                Fault($"{row.OrganisationId}: rows {last.Position + 1} to {row.Position - 1} are missing");
            }
            else if (!previous.AsSpan().SequenceEqual(last.Hash))
            {
                Fault($"{row.OrganisationId}: row {row.Position} does not follow from row {last.Position}");
            }
            if (!chain.Hash(previous, row).AsSpan().SequenceEqual(hash))
            {
                Fault($"{row.OrganisationId}: row {row.Position} was changed");
            }
            last = (row.OrganisationId, row.Position, hash);
            ends[row.OrganisationId] = new AuditHead(row.OrganisationId, row.Position, Convert.ToHexStringLower(hash));
            if (wanted.Contains((row.OrganisationId, row.Position)))
            {
                met[(row.OrganisationId, row.Position)] = Convert.ToHexStringLower(hash);
            }
        }

        public void Compare(AuditHead head)
        {
            if (ends.GetValueOrDefault(head.OrganisationId) != head)
            {
                Fault($"{head.OrganisationId}: the chain does not end at row {head.Position} as its head says");
            }
        }

        public AuditFindings Conclude()
        {
            foreach (var head in earlier.Where(head => met.GetValueOrDefault((head.OrganisationId, head.Position)) != head.Hash))
            {
                Fault($"{head.OrganisationId}: row {head.Position} is not what it was when its head was kept");
            }
            return new AuditFindings(count, [.. ends.Values.OrderBy(head => head.OrganisationId)], faults);
        }

        private void Fault(string text)
        {
            if (faults.Count < MostFaults)
            {
                faults.Add(text);
            }
        }
    }
}
