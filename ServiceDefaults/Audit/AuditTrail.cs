using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Audit;

/// <summary>Appends to the audit within the transaction of what it tells: both commit, or neither.</summary>
public sealed class AuditTrail(AuditChain chain, TimeProvider clock)
{
    /// <summary>
    /// Inside <see cref="UmsDbContext.InOrganisationAsync{T}"/>, and as its last statement: other writers of the organisation's audit wait from here to the
    /// commit. Many records at once cost two round trips as one does.
    /// </summary>
    /// <param name="organisation">Whose audit; <see cref="Guid.Empty"/> for what belongs to no organisation.</param>
    public async Task AppendAsync(UmsDbContext db, Guid organisation, IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }
        // What the transaction still holds back goes first, so that the lock is held for the commit only.
        await db.SaveChangesAsync(cancellationToken);
        var transaction = (NpgsqlTransaction)(db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("The audit is written inside the transaction of what it tells."));
        var (position, hash) = await LockAsync(transaction, organisation, cancellationToken);
        var at = AuditChain.Kept(clock.GetUtcNow());
        var hashes = new List<byte[]>(records.Count);
        foreach (var record in records)
        {
            hash = chain.Hash(hash, new AuditRow(organisation, position + hashes.Count + 1, at, record));
            hashes.Add(hash);
        }
        await using var append = new NpgsqlCommand("call audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", transaction.Connection, transaction);
        append.Parameters.Add(new() { Value = organisation });
        append.Parameters.Add(new() { Value = position });
        append.Parameters.Add(new() { Value = records.Select(_ => at).ToArray() });
        AddTexts(record => record.Actor);
        AddTexts(record => record.ActorId);
        AddTexts(record => record.Action);
        append.Parameters.Add(new() { Value = records.Select(record => record.PersonId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        AddTexts(record => record.Target);
        AddTexts(record => record.Detail);
        AddTexts(record => record.Reason);
        append.Parameters.Add(new() { Value = hashes.ToArray() });
        await append.ExecuteNonQueryAsync(cancellationToken);

        void AddTexts(Func<AuditRecord, string?> of) =>
            append.Parameters.Add(new() { Value = records.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    /// <inheritdoc cref="AppendAsync(UmsDbContext, Guid, IReadOnlyCollection{AuditRecord}, CancellationToken)"/>
    public Task AppendAsync(UmsDbContext db, Guid organisation, AuditRecord record, CancellationToken cancellationToken) =>
        AppendAsync(db, organisation, [record], cancellationToken);

    private static async Task<(long Position, byte[] Hash)> LockAsync(NpgsqlTransaction transaction, Guid organisation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select last_position, last_hash from audit_lock($1)", transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = organisation });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }
}
