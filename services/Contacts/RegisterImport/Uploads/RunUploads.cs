using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Works on uploads, one at a time in each replica: reads, merges, rolls back. What a replica left when it died, another takes up when its lease has ended.</summary>
internal sealed partial class RunUploads(IServiceScopeFactory scopes, IOptions<UploadOptions> options, TimeProvider clock, ILogger<RunUploads> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEach = TimeSpan.FromMinutes(10);
    private const int PauseSeconds = 10;

    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to do.</summary>
    public void Wake() => bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var swept = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (clock.GetElapsedTime(swept) > SweepEach)
                {
                    await SweepAsync(stoppingToken);
                    swept = clock.GetTimestamp();
                }
                if (!await TakeTurnAsync(stoppingToken))
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Waits(log, e.GetType().Name);
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        if (await Upload.ClaimAsync(db, cancellationToken) is not { } turn)
        {
            return false;
        }
        var pause = 0;
        try
        {
            await WorkAsync(turn, scope.ServiceProvider, cancellationToken);
            Did(log, turn.Id, turn.State);
        }
        catch (LeaseLostException)
        {
            Lost(log, turn.Id);
        }
        catch (UnusableFileException e)
        {
            Unusable(log, turn.Id, e.Fault);
            await Upload.FailAsync(db, turn, e.Fault, e.Line, cancellationToken);
        }
        catch (Exception e) when (e is GeocodingAwayException or IdentityAwayException or NpgsqlException or TimeoutException || (e is DbUpdateException or InvalidOperationException && e.InnerException is NpgsqlException))
        {
            Waits(log, e.GetType().Name);
            pause = PauseSeconds;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Broke(log, e, turn.Id);
            await Upload.FailAsync(db, turn, "internal-error", null, cancellationToken);
        }
        finally
        {
            await ReleaseAsync(db, turn, pause);
        }
        return true;
    }

    private static Task WorkAsync(UploadTurn turn, IServiceProvider services, CancellationToken cancellationToken) => turn.State switch
    {
        "reading" => services.GetRequiredService<StageUpload>().RunAsync(turn, cancellationToken),
        "merging" => services.GetRequiredService<MergeUpload>().MergeAsync(turn, cancellationToken),
        _ => services.GetRequiredService<MergeUpload>().RollBackAsync(turn, cancellationToken),
    };

    /// <summary>Also while stopping: another replica then goes on at once.</summary>
    private async Task ReleaseAsync(ContactsDb db, UploadTurn turn, int pause)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await Upload.ReleaseAsync(db, turn, pause, patience.Token);
        }
        catch (Exception e)
        {
            Waits(log, e.GetType().Name);
        }
    }

    /// <summary>What can no longer be rolled back, and what never came whole.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        var before = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.UndoDays);
        await db.AcrossOrganisationsAsync(async token =>
            await db.Database.ExecuteSqlAsync($"delete from register_undo n using register_uploads u where u.id = n.upload_id and u.merged_at < {before}", token)
            + await db.Database.ExecuteSqlAsync($"delete from register_uploads where state = 'receiving' and received_at < now() - interval '1 day'", token), cancellationToken);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Poll);
        try
        {
            await bell.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Register upload {Upload}: done with {State}")]
    private static partial void Did(ILogger logger, Guid upload, string state);

    [LoggerMessage(2, LogLevel.Information, "Register upload {Upload} is another's now, or discarded")]
    private static partial void Lost(ILogger logger, Guid upload);

    [LoggerMessage(3, LogLevel.Warning, "Register upload {Upload} cannot be used: {Fault}")]
    private static partial void Unusable(ILogger logger, Guid upload, string fault);

    [LoggerMessage(4, LogLevel.Warning, "A register upload waits ({Reason}); it is tried again")]
    private static partial void Waits(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Error, "Register upload {Upload} broke off")]
    private static partial void Broke(ILogger logger, Exception error, Guid upload);
}
