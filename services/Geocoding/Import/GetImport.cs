using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Import;

internal static class GetImport
{
    /// <param name="State">waiting, running, done or failed.</param>
    /// <param name="Step">What it is at: reading, comparing, drawing streets, indexing, replacing.</param>
    /// <param name="Reason">Why it failed.</param>
    /// <param name="BytesRead">Of an archive, unpacked.</param>
    /// <param name="Added">Of what the source did not have before; null, like the other three, until it is done.</param>
    /// <param name="RefusedBy">How many rows were refused for which reason.</param>
    public sealed record Response(
        Guid Id, string Source, string Format, string State, string Step, string? Reason, long Bytes, long BytesRead, long RowsRead, double? RowsPerSecond, long Refused,
        long? Added, long? Changed, long? Gone, long? Unchanged, long? Streets, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
        IReadOnlyList<RefusedReason> RefusedBy);

    /// <param name="Field">In the words of our own CSV; row where the row as such is at fault.</param>
    public sealed record RefusedReason(string Field, string Reason, long Rows);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken) =>
        await ReadAsync(database, id, clock, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Unknown();

    public static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-import", "There is no such import.");

    private static async Task<Response?> ReadAsync(NpgsqlDataSource database, Guid id, TimeProvider clock, CancellationToken cancellationToken)
    {
        var reasons = await RefusedRows.CountAsync(database, id, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command("""
            select source, format, state, step, reason, bytes, bytes_read, rows_read, refused, added, changed, gone, unchanged, streets, created_at, started_at, finished_at
            from imports where id = $1
            """, id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }
        var (started, finished) = (Time(15), Time(16));
        var seconds = ((finished ?? clock.GetUtcNow()) - started)?.TotalSeconds;
        return new Response(
            id, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.GetInt64(6),
            row.GetInt64(7), seconds > 0 ? Math.Round(row.GetInt64(7) / seconds.Value) : null, row.GetInt64(8), Number(9), Number(10), Number(11), Number(12), Number(13),
            row.GetFieldValue<DateTimeOffset>(14), started, finished, [.. reasons.Select(reason => new RefusedReason(reason.Field, reason.Reason, reason.Rows))]);

        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
