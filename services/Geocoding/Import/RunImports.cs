using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import;

/// <summary>Runs what the operator route has received, one import at a time; after a restart first of all what was not finished.</summary>
internal sealed partial class RunImports(NpgsqlDataSource database, ImportAddresses import, IOptions<ImportOptions> options, ILogger<RunImports> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Channel<Guid> waiting = Channel.CreateUnbounded<Guid>();

    public string FileOf(Guid id) => Path.Combine(options.Value.Directory, $"{id:N}.upload");

    public void Wake(Guid id) => waiting.Writer.TryWrite(id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryWakeUnfinishedAsync(stoppingToken))
        {
            await Task.Delay(Pause, stoppingToken);
        }
        await foreach (var id in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryAsync(id, stoppingToken))
            {
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    /// <returns>False where the database is away: then it is tried again.</returns>
    private async Task<bool> TryAsync(Guid id, CancellationToken stopping)
    {
        try
        {
            // Reading is work without a pause; it has a thread of its own.
            await Task.Run(() => RunAsync(id, stopping), stopping);
            return true;
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            DatabaseAway(log, id, e.Message);
            return false;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // The import stays as it is; the next start tries it again, this one goes on with the others.
            Broke(log, e, id);
            return true;
        }
    }

    /// <inheritdoc cref="TryAsync"/>
    private async Task<bool> TryWakeUnfinishedAsync(CancellationToken stopping)
    {
        try
        {
            await WakeUnfinishedAsync(stopping);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            DatabaseAway(log, Guid.Empty, e.Message);
            return false;
        }
    }

    private async Task RunAsync(Guid id, CancellationToken stopping)
    {
        var (source, format) = await RequestOfAsync(id, stopping);
        try
        {
            var result = await import.RunAsync(new ImportRequest(source, format, [FileOf(id)], id), _ => { }, stopping);
            Done(log, id, source, result.Rows, result.Refused, result.Took.TotalSeconds);
        }
        catch (ImportException e)
        {
            await using var connection = await database.OpenConnectionAsync(stopping);
            await ImportRows.FailAsync(connection, id, e.Message, stopping);
            Failed(log, id, source);
        }
        File.Delete(FileOf(id));
    }

    private async Task<(string Source, string Format)> RequestOfAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command("select source, format from imports where id = $1", id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetString(0), row.GetString(1));
    }

    private async Task WakeUnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command("select id from imports where state in ('waiting', 'running') order by created_at");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            // What another replica or a command line has under way has no file here.
            if (File.Exists(FileOf(rows.GetGuid(0))))
            {
                Wake(rows.GetGuid(0));
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Import {Import} of {Source}: {Rows} rows read, {Refused} refused, {Seconds:0.0} s")]
    private static partial void Done(ILogger logger, Guid import, string source, long rows, long refused, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "Import {Import} of {Source} failed; its row says why")]
    private static partial void Failed(ILogger logger, Guid import, string source);

    [LoggerMessage(3, LogLevel.Warning, "Import {Import} waits for the database: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, Guid import, string reason);

    [LoggerMessage(4, LogLevel.Error, "Import {Import} broke off")]
    private static partial void Broke(ILogger logger, Exception error, Guid import);
}
