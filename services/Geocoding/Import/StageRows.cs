using System.Diagnostics;
using Npgsql;
using Ums.Geocoding.Import.Files;
using Ums.Geocoding.Import.Formats;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import;

/// <summary>Reads, checks and gathers, a chunk a transaction. What is in memory is one chunk's refusals and one row.</summary>
internal sealed class StageRows(NpgsqlConnection connection, ImportRequest request, ImportOptions options, Action<ImportProgress> report)
{
    private readonly CheckAddress check = new(request.Source);
    private readonly AddressFormat format = AddressFormat.ByName[request.Format];
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly List<(int Part, long Line, Refusal Refusal)> refusals = [];

    public async Task<ImportRecord> RunAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        var parts = Parts.Of(request.Paths, new UnpackingAllowance(options.MaxUnpackedBytes, options.MaxRatio));
        var (bytes, rowsBefore, bytesBefore) = (Math.Max(1, parts.Sum(part => part.Length)), record.RowsRead, record.BytesRead);
        for (var number = record.Part; number < parts.Count; number++)
        {
            var before = parts.Take(number).Sum(part => part.Length);
            using var rows = format.Read(parts[number], new Place(record.Line, record.Position), options.Directory).GetEnumerator();
            for (var more = true; more;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (record, more) = await ChunkAsync(rows, record, before, cancellationToken);
                report(ProgressOf(record, bytes, rowsBefore, bytesBefore));
            }
        }
        return record;
    }

    private async Task<(ImportRecord Record, bool More)> ChunkAsync(IEnumerator<SourceRow> rows, ImportRecord record, long before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var more = Copy(rows, before, ref record);
        ImportRows.WriteRefusals(connection, record.Id, refusals);
        record = record with { Refused = record.Refused + refusals.Count };
        if (!more)
        {
            record = record with { Part = record.Part + 1, Position = 0, Line = 0 };
        }
        await ImportRows.SaveAsync(connection, record, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        refusals.Clear();
        return (record, more);
    }

    private bool Copy(IEnumerator<SourceRow> rows, long before, ref ImportRecord record)
    {
        var table = new AddressTable(record.Id, request.Source);
        using var copy = table.BeginCopy(connection);
        var (count, more, last) = (0, false, default(SourceRow));
        while (count < options.ChunkRows && (more = rows.MoveNext()))
        {
            last = rows.Current;
            count++;
            var (address, refusal) = last.Address is { } raw ? check.Check(raw) : (null, last.Refusal);
            if (address is not null)
            {
                table.Write(copy, address, record.Part, last.Line);
            }
            else
            {
                refusals.Add((record.Part, last.Line, refusal!.Value));
            }
        }
        copy.Complete();
        if (count > 0)
        {
            record = record with { RowsRead = record.RowsRead + count, Position = last.Position, Line = last.Line, BytesRead = before + last.Bytes };
        }
        return more;
    }

    // Speed and time left go by what this run has done; an earlier one may have had another machine to itself.
    private ImportProgress ProgressOf(ImportRecord record, long bytes, long rowsBefore, long bytesBefore)
    {
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds);
        var (rate, speed) = ((record.RowsRead - rowsBefore) / seconds, (record.BytesRead - bytesBefore) / seconds);
        TimeSpan? left = speed > 0 ? TimeSpan.FromSeconds(Math.Max(0, bytes - record.BytesRead) / speed) : null;
        return new ImportProgress("reading", record.RowsRead, record.Refused, Math.Min(1, (double)record.BytesRead / bytes), rate, left);
    }
}
