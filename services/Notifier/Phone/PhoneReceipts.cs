using System.Threading.Channels;

namespace Ums.Notifier.Phone;

/// <summary>
/// The telephones' network reporting that a message arrived: over HTTP to the address it was given, as a real provider does. A receipt that is not taken is
/// tried a few times and then lost, as a real one may be.
/// </summary>
internal sealed partial class PhoneReceipts(IHttpClientFactory clients, TimeProvider clock, ILogger<PhoneReceipts> log) : BackgroundService
{
    private const int Reporters = 8;
    private const int Tries = 5;
    private static readonly TimeSpan Travel = TimeSpan.FromMilliseconds(300);

    private readonly Channel<(Uri Address, DateTimeOffset Due)> waiting =
        System.Threading.Channels.Channel.CreateBounded<(Uri, DateTimeOffset)>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Later(Uri address) => waiting.Writer.TryWrite((address, clock.GetUtcNow() + Travel));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(waiting.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = Reporters, CancellationToken = stoppingToken },
            async (receipt, token) =>
            {
                var wait = receipt.Due - clock.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, token);
                }
                await ReportAsync(receipt.Address, token);
            });

    private async Task ReportAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                using var client = clients.CreateClient(nameof(PhoneReceipts));
                using var answer = await client.PostAsJsonAsync(address, new PhoneDouble.Body("delivered"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
                NotTaken(log, attempt, (int)answer.StatusCode);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                NotReached(log, attempt, e.GetType().Name);
            }
            await Task.Delay(TimeSpan.FromSeconds(attempt), clock, cancellationToken);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A receipt was not taken at attempt {Attempt}: {Status}")]
    private static partial void NotTaken(ILogger logger, int attempt, int status);

    [LoggerMessage(2, LogLevel.Debug, "A receipt could not be brought at attempt {Attempt}: {Reason}")]
    private static partial void NotReached(ILogger logger, int attempt, string reason);
}
