using System.Threading.Channels;
using Npgsql;
using Ums.Notifier.Dispatch;

namespace Ums.Notifier.Receipts;

/// <summary>
/// Records receipts together: whatever has come while the last lot was being written makes the next, so ten thousand a second cost twenty commits and a lone one
/// waits for nobody. Who brought a receipt is answered when it is on disk.
/// </summary>
internal sealed partial class ReceiptBatches(
    IDispatchStore alerts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReceiptBatches> log) : BackgroundService
{
    private const int Most = 500;
    private const int Writers = 2;
    private const int Tries = 4;

    /// <summary>The first shard of the writers'; see the dispatchers'.</summary>
    private const int FirstShard = 110;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Bounded: past this providers wait for their answer, and bring the receipt again where they lose patience.</summary>
    private readonly Channel<Waiting> waiting = System.Threading.Channels.Channel.CreateBounded<Waiting>(20_000);

    private sealed record Waiting(Outcome Outcome, TaskCompletionSource Done);

    /// <summary>Completes when the outcome is recorded, or kept because its attempt is not to be seen yet.</summary>
    /// <exception cref="NpgsqlException">The database is away; the receipt is to be brought again.</exception>
    public async Task RecordAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        var receipt = new Waiting(outcome, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await waiting.Writer.WriteAsync(receipt, cancellationToken);
        await receipt.Done.Task.WaitAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(FirstShard, Writers).Select(shard => Task.Run(() => WriteAsync(shard, stoppingToken), CancellationToken.None)));

    private async Task WriteAsync(int shard, CancellationToken stoppingToken)
    {
        var lot = new List<Waiting>(Most);
        while (await waiting.Reader.WaitToReadAsync(stoppingToken).AsTask().ConfigureAwait(ConfigureAwaitOptions.None))
        {
            lot.Clear();
            while (lot.Count < Most && waiting.Reader.TryRead(out var receipt))
            {
                lot.Add(receipt);
            }
            try
            {
                await PersistAsync(lot.ConvertAll(receipt => receipt.Outcome), shard, stoppingToken);
                lot.ForEach(receipt => receipt.Done.TrySetResult());
            }
            catch (Exception e)
            {
                Failed(log, e, lot.Count);
                lot.ForEach(receipt => receipt.Done.TrySetException(e));
            }
        }
    }

    /// <summary>A transaction that was given up for another's sake is tried again; not every provider brings a receipt twice.</summary>
    private async Task PersistAsync(List<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WriteAsync(outcomes, shard, cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && tries < Tries)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(List<Outcome> outcomes, int shard, CancellationToken cancellationToken)
    {
        var others = (await alerts.RecordAsync(outcomes, shard, cancellationToken)).ToHashSet();
        if (others.Count == 0)
        {
            return;
        }
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        // The address names the attempt, the attempt its organisation; a receipt has none of its own.
        await db.AcrossOrganisationsAsync(async token =>
        {
            foreach (var outcome in outcomes.Where(outcome => others.Contains(outcome.AttemptId)))
            {
                if (!await RecordReceipt.ApplyAsync(db, outcome.AttemptId, outcome.State, outcome.Reason, clock.GetUtcNow(), token))
                {
                    await RecordReceipt.KeepAsync(db, outcome.AttemptId, outcome.State, outcome.Reason, token);
                }
            }
            return true;
        }, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} receipts could not be recorded; their providers will bring them again")]
    private static partial void Failed(ILogger logger, Exception exception, int count);
}
