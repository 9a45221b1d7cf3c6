using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Geocoding.Import.Formats;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Import;

internal static class StartImport
{
    public sealed record Response(Guid Id);

    /// <param name="format">csv, lantmateriet, kartverket or openaddresses.</param>
    /// <param name="source">Whose rows these are, and replace. The format's name where none is given.</param>
    public static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        [FromQuery] string? format, [FromQuery] string? source, Stream body, HttpContext context, NpgsqlDataSource database,
        RunImports imports, IOptions<ImportOptions> options, CancellationToken cancellationToken)
    {
        if (format is null || !AddressFormat.ByName.ContainsKey(format))
        {
            return Problems.Invalid("format", $"one of {string.Join(", ", AddressFormat.ByName.Keys.Order(StringComparer.Ordinal))}");
        }
        if (!SourceName.IsGood(source ??= format))
        {
            return Problems.Invalid("source", SourceName.Rule);
        }
        if (await IsWaitingAsync(database, source, cancellationToken))
        {
            return UnderWay(source);
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBytes;
        }

        var id = Guid.CreateVersion7();
        var file = imports.FileOf(id);
        var bytes = await ReceiveAsync(body, file, options.Value.MaxBytes, cancellationToken);
        if (bytes is null or 0)
        {
            return bytes is null
                ? Problems.Problem(StatusCodes.Status413PayloadTooLarge, "too-large", $"The file is larger than {options.Value.MaxBytes / (1024 * 1024)} MiB.")
                : Problems.Invalid("body", "the file is empty");
        }
        if (!await SaveAsync(database, id, source, format, bytes.Value, cancellationToken))
        {
            File.Delete(file);
            return UnderWay(source);
        }
        imports.Wake(id);
        return TypedResults.Accepted($"/api/imports/addresses/{id}", new Response(id));
    }

    private static ProblemHttpResult UnderWay(string source) =>
        Problems.Problem(StatusCodes.Status409Conflict, "import-under-way", $"An import of the source {source} is under way.");

    private static async Task<bool> IsWaitingAsync(NpgsqlDataSource database, string source, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ImportRows.IsLockedAsync(connection, source, cancellationToken)
            || await connection.ScalarAsync("select 1 from imports where source = $1 and state = 'waiting'", cancellationToken, source) is not null;
    }

    /// <returns>Null where it is too much.</returns>
    private static async Task<long?> ReceiveAsync(Stream body, string file, long most, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var (buffer, bytes) = (new byte[128 * 1024], 0L);
        try
        {
            await using var stored = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            for (int read; bytes <= most && (read = await body.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
            {
                await stored.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            // The answer says that we have it, so it must outlive us.
            stored.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
        if (bytes == 0 || bytes > most)
        {
            File.Delete(file);
        }
        return bytes > most ? null : bytes;
    }

    // The index over waiting imports decides between two that come at once.
    private static async Task<bool> SaveAsync(NpgsqlDataSource database, Guid id, string source, string format, long bytes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
            "insert into imports (id, source, format, files, bytes) values ($1, $2, $3, 'upload', $4) on conflict do nothing", cancellationToken, id, source, format, bytes) == 1;
    }
}
