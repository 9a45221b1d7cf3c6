using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>Wakes the relay of this process when a transaction that wrote to the outbox has committed, and has <see cref="OutboxBell"/> wake those of other replicas.</summary>
internal sealed class OutboxSignal(OutboxOptions options) : DbTransactionInterceptor
{
    private readonly Channel<bool>[] pulses = [Pulse(), Pulse()];
    private readonly Channel<bool>[] announcements = [Pulse(), Pulse()];

    public ChannelReader<bool> Announcements(OutboxLane lane) => announcements[(int)lane].Reader;

    public void Wake(OutboxLane lane) => pulses[(int)lane].Writer.TryWrite(true);

    /// <summary>Returns at a pulse, after <paramref name="atMost"/>, or when it is told to end.</summary>
    public async Task WaitAsync(OutboxLane lane, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(atMost, options.Clock);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await pulses[(int)lane].Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        foreach (var lane in (eventData.Context as UmsDbContext)?.TakePublished() ?? [])
        {
            Wake(lane);
            announcements[(int)lane].Writer.TryWrite(true);
        }
        return Task.CompletedTask;
    }

    private static Channel<bool> Pulse() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
