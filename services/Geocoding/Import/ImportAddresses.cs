using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import;

/// <summary>
/// One import from its first byte to its last step: lock the source, read and check and gather the rows, replace what the source had. Killed anywhere, it goes
/// on where its last chunk ended when it is asked for again with the same files; refused, it leaves everything as it was.
/// </summary>
internal sealed class ImportAddresses(NpgsqlDataSource database, IOptions<ImportOptions> options)
{
    /// <exception cref="ImportException">The files cannot be imported, or somebody else is importing the source.</exception>
    public async Task<ImportResult> RunAsync(ImportRequest request, Action<ImportProgress> report, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await ImportRows.TryLockAsync(connection, request.Source, cancellationToken))
        {
            throw new ImportException($"The source {request.Source} is being imported by somebody else at this moment.");
        }
        try
        {
            return await RunAsync(connection, request, report, cancellationToken);
        }
        finally
        {
            await ImportRows.UnlockAsync(connection, request.Source);
        }
    }

    private async Task<ImportResult> RunAsync(
        NpgsqlConnection connection, ImportRequest request, Action<ImportProgress> report, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (hash, bytes) = Fingerprint(request, cancellationToken);
        var record = await ImportRows.BeginAsync(connection, request, hash, bytes, cancellationToken);
        try
        {
            record = await new StageRows(connection, request, options.Value, report).RunAsync(record, cancellationToken);
            var result = await new FinishImport(database, connection, request, record, step => report(new ImportProgress(step, record.RowsRead, record.Refused, 1, 0, null)))
                .RunAsync(Convert.ToHexStringLower(hash.AsSpan(0, 8)), cancellationToken);
            await PruneAsync(connection, request.Source, cancellationToken);
            return result with { Took = Stopwatch.GetElapsedTime(started) };
        }
        catch (ImportException e)
        {
            await GiveUpAsync(record.Id, request.Source, e.Message);
            throw;
        }
    }

    /// <summary>Of the files and of this very program: what other code has checked is not gone on with.</summary>
    private static (byte[] Hash, long Bytes) Fingerprint(ImportRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(ImportAddresses).Assembly.ManifestModule.ModuleVersionId.ToByteArray());
        var (buffer, bytes) = (new byte[1024 * 1024], 0L);
        foreach (var path in request.Paths)
        {
            try
            {
                using var file = File.OpenRead(path);
                hash.AppendData(BitConverter.GetBytes(file.Length));
                for (int read; (read = file.Read(buffer)) > 0; bytes += read)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ImportException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
            }
        }
        return (hash.GetHashAndReset(), bytes);
    }

    // On a connection of its own, for the other may be in the middle of something. What was gathered is of no more use; its refusals say why.
    private async Task GiveUpAsync(Guid id, string source, string reason)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await ImportRows.FailAsync(connection, id, reason, CancellationToken.None);
        await new AddressTable(id, source).UnstageAsync(connection, CancellationToken.None);
    }

    private Task<int> PruneAsync(NpgsqlConnection connection, string source, CancellationToken cancellationToken) => connection.ExecuteAsync("""
        delete from import_refusals where import_id in (select id from imports where source = $1 and state <> 'running' order by created_at desc offset $2)
        """, cancellationToken, source, options.Value.KeptReports);
}
