using Microsoft.AspNetCore.Http;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

/// <summary>
/// The providers' side, whoever calls: what they have taken stands in one ledger, the oracle. They take and do not answer, answer and have not taken, are late,
/// throw, and tell of it afterwards, twice, too early, or never.
/// </summary>
internal sealed class SimPinLedger(SimWorld world, PinScene scene, SimMessages tables)
{
    private readonly List<SimAttempt> entries = [];
    private readonly HashSet<SimAttempt> toldFailed = [];

    public required Action<Guid, DeliveryState> Bring { get; init; }

    public bool Has(SimMessage message) => entries.Exists(entry => entry.Message == message);

    public bool ToldFailed(SimMessage message) => toldFailed.Any(entry => entry.Message == message);

    /// <summary>A process lets a request go.</summary>
    public void Called(OutboundMessage message, string provider)
    {
        var attempt = tables.Attempts.SingleOrDefault(known => known.Row.Id == message.AttemptId);
        Invariant.Hold(attempt?.Row.Provider == provider, "The provider was given what no row knew of.");
        Invariant.Hold(world.Now < message.ExpiresAt, "A PIN was sent that had expired.");
        Invariant.Hold(attempt is null || world.Now - attempt.Row.CreatedAt <= TimeSpan.FromSeconds(5), "A provider was called by someone who had slept.");
        var pin = scene.Pins.Single(pin => pin.Known.Phone == message.To);
        Invariant.Hold(attempt?.Message.Row.SourceId == pin.Request.DeliveryId, "A PIN went to somebody else.");
        Invariant.Hold(pin.Known.Pin.All(digit => message.Text.Contains(digit, StringComparison.Ordinal)), "The message says another PIN.");
    }

    public void Take(OutboundMessage message)
    {
        var attempt = tables.Attempts.Single(known => known.Row.Id == message.AttemptId);
        Invariant.Hold(!Has(attempt.Message), "A PIN went out twice.");
        entries.Add(attempt);
        if (world.Chance(scene.Silence))
        {
            return;
        }
        var final = world.Chance(0.75) ? DeliveryState.Delivered : DeliveryState.Failed;
        if (final == DeliveryState.Failed)
        {
            toldFailed.Add(attempt);
        }
        var within = world.Chance(0.3) ? 0 : 60;
        foreach (var state in new[] { final, DeliveryState.Accepted, final }.Take(1 + world.Random.Next(3)))
        {
            world.In(world.UpTo(within), () => Bring(message.AttemptId, state));
        }
    }
}

/// <summary>One provider as one process sees it.</summary>
internal sealed class SimPinProvider(string name, SimWorld world, PinScene scene, SimPinLedger ledger, SimLife life) : IMessageProvider
{
    public string Name => name;

    public bool Carries(Channel channel) => true;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        ledger.Called(message, name);
        // On the wire; the process may die, and the request arrives all the same or does not.
        await world.StepAsync(life);
        if (!world.Chance(scene.Faults))
        {
            ledger.Take(message);
            await world.StepAsync(life);
            return new ProviderAnswer.Accepted(message.AttemptId.ToString());
        }
        switch (world.Random.Next(8))
        {
            case 0:
                return new ProviderAnswer.NotSent("invalid-number", Again: false);
            case 1:
                ledger.Take(message);
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 2:
                world.In(world.UpTo(30), () => ledger.Take(message));
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 3:
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 4:
                ledger.Take(message);
                throw new HttpRequestException("The connection was reset.");
            default:
                return new ProviderAnswer.NotSent("too-many", Again: true);
        }
    }

    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
