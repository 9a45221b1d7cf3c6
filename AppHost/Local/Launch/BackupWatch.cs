using System.Diagnostics;
using Ums.Local.Servers;

namespace Ums.Local.Launch;

/// <summary>Takes a whole copy at the start and each day, and says so when backups do not get where they should.</summary>
internal sealed class BackupWatch(Postgres postgres, Screen screen)
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private const int LooksADay = 24 * 60;

    public async Task KeepAsync(CancellationToken stop)
    {
        for (var look = 0; ; look++)
        {
            try
            {
                if (look % LooksADay == 0)
                    await CopyAsync(stop);
                else if (await postgres.ArchiveFaultAsync(stop) is { } fault)
                    screen.Plain($"Backup: {fault}; its reason is in the log of postgres");
            }
            catch (Exception e) when (e is InvalidOperationException or Npgsql.NpgsqlException)
            {
                screen.Plain($"Backup failed, and is tried again in a minute: {e.Message}");
                look = -1;
            }
            await Task.Delay(Look, stop);
        }
    }

    private async Task CopyAsync(CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var file = await postgres.BackUpAsync().WaitAsync(stop);
        screen.Plain($"Backup: {file}, taken in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
    }
}
