using System.Text.Json;
using System.Threading.Channels;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>
/// Answers the audiences that are asked for, a part at a time. Every replica runs one and none leads; several audiences take turns, so that the alert for a
/// street does not wait for the one for a county.
/// </summary>
internal sealed partial class ResolveAudiences(IServiceScopeFactory scopes, PersonalData personal, TimeProvider clock, ILogger<ResolveAudiences> log) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(AtOnce) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>An audience was asked for, and the row is there.</summary>
    public void Wake() => bell.Writer.TryWrite(true);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TakeTurnAsync(stoppingToken))
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, e.GetType().Name);
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    /// <returns>False where there was nothing to do.</returns>
    internal async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        if (await Resolution.ClaimAsync(db, cancellationToken) is not { } turn)
        {
            return false;
        }
        var faulted = true;
        try
        {
            await AnswerAsync(turn, scope.ServiceProvider.GetRequiredService<ResolvePart>(), cancellationToken);
            faulted = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            faulted = false;
            throw;
        }
        finally
        {
            await ReleaseAsync(db, turn, faulted);
        }
        return true;
    }

    private async Task AnswerAsync(Turn turn, ResolvePart part, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var audience = new PreparedAudience(Open(turn.OrganisationId, turn.Sealed, personal), turn.OrganisationId, personal);
        do
        {
            if (await part.RunAsync(turn, audience, cancellationToken) is var outcome and not PartOutcome.Moved)
            {
                Ended(log, turn.AlertId, outcome);
                return;
            }
        }
        while (clock.GetElapsedTime(started) < LongestTurn);
    }

    /// <exception cref="JsonException">What was sealed is no audience.</exception>
    internal static Audience Open(Guid organisation, byte[] box, PersonalData personal) =>
        JsonSerializer.Deserialize<Audience>(personal.Open(organisation, box), JsonSerializerOptions.Web) ?? throw new JsonException("The audience is null.");

    /// <summary>Also while stopping: another replica then goes on at once, not when the lease ends.</summary>
    private async Task ReleaseAsync(ContactsDb db, Turn turn, bool faulted)
    {
        using var patience = new CancellationTokenSource(Goodbye);
        try
        {
            await Resolution.ReleaseAsync(db, turn, faulted, patience.Token);
        }
        catch (Exception e)
        {
            Faulted(log, e.GetType().Name);
        }
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

    [LoggerMessage(1, LogLevel.Information, "The audience of alert {Alert}: {Outcome}")]
    private static partial void Ended(ILogger logger, Guid alert, PartOutcome outcome);

    [LoggerMessage(2, LogLevel.Warning, "An audience could not be answered just now ({Reason}); it is tried again")]
    private static partial void Faulted(ILogger logger, string reason);
}
