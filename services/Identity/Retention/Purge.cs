using Npgsql;
using Ums.Identity.Pins;

namespace Ums.Identity.Retention;

/// <summary>Deletes what has served its time: PIN requests and sessions after a day, counters and used captchas when they have run out. Any replica may; rows
/// that another deletes at the same time are simply gone.</summary>
internal sealed partial class Purge(NpgsqlDataSource source, TimeProvider clock, ILogger<Purge> log) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        Add("select set_config('ums.organisation', 'all', true)");
        Add("delete from pin_requests where created_at < $1", now - Kept);
        Add("delete from sessions where created_at < $1", now - Kept);
        Add("delete from operator_sessions where created_at < $1", now - Kept);
        Add("delete from invitations where expires_at < $1", now - Kept);
        Add("delete from limits where resets_at < $1", now);
        Add("delete from passkey_challenges_used where expires_at < $1", now);
        Add("delete from captcha_used where expires_at < $1", now);
        Add("delete from trust where seen_at < $1", now - Trust.Memory);
        await batch.ExecuteNonQueryAsync(cancellationToken);

        void Add(string sql, DateTimeOffset? before = null)
        {
            var command = new NpgsqlBatchCommand(sql);
            if (before is { } moment)
            {
                command.Parameters.Add(new() { Value = moment });
            }
            batch.BatchCommands.Add(command);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Late(log, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old rows could not be deleted; the next round does it")]
    private static partial void Late(ILogger logger, Exception exception);
}
