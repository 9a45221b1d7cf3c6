using Microsoft.AspNetCore.Http;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <param name="Life">Of the process that made the call.</param>
/// <param name="CalledAt">When the process let it go.</param>
internal sealed record SimEntry(Guid AttemptId, string To, Channel Channel, DateTimeOffset CalledAt, DateTimeOffset At, SimLife Life);

/// <summary>
/// Two providers' side of the world, whoever calls: what they have taken stands in one ledger, the oracle. They take and do not answer, answer and have not taken,
/// are late, throw, and tell of it afterwards or never, twice, too early, or wrongly ordered.
/// </summary>
internal sealed class SimLedger(SimWorld world, SimScene scene, SimDatabase database)
{
    private readonly List<SimEntry> entries = [];

    public IReadOnlyList<SimEntry> Entries => entries;

    /// <summary>Who brings receipts; false where nobody answered.</summary>
    public required Func<Outcome, Task<bool>> Bring { get; init; }

    public void Take(OutboundMessage message, string provider, DateTimeOffset calledAt, SimLife life)
    {
        Invariant.Hold(database.Attempt(message.AttemptId) is { } attempt && attempt.Row.Provider == provider, "The provider was given what no row knew of.");
        Invariant.Hold(!entries.Exists(entry => entry.AttemptId == message.AttemptId), "One attempt was made twice.");
        entries.Add(new SimEntry(message.AttemptId, message.To, message.Channel, calledAt, world.Now, life));
        if (world.Chance(scene.Silence))
        {
            return;
        }
        var delay = world.Chance(0.3) ? 0 : world.Chance(0.8) ? 20 : 400;
        var pressed = message.Acknowledge && world.Chance(0.5);
        var final = new Outcome(message.AttemptId, world.Chance(0.75) ? DeliveryState.Delivered : DeliveryState.Failed, "told", Acknowledged: pressed);
        Tell(final, delay);
        if (world.Chance(0.4))
        {
            Tell(new Outcome(message.AttemptId, DeliveryState.Accepted), delay);
        }
        if (world.Chance(0.3))
        {
            Tell(final, delay + 5);
        }
        if (world.Chance(0.1))
        {
            Tell(final with { State = DeliveryState.Failed, Acknowledged = false }, delay + 5);
        }
    }

    /// <summary>Brings it, and again where nobody answered, as providers do for a while.</summary>
    private void Tell(Outcome outcome, double within, int tries = 3) => world.In(world.UpTo(within), async () =>
    {
        if (!await Bring(outcome) && tries > 1)
        {
            Tell(outcome, 10, tries - 1);
        }
    });
}

/// <summary>One provider as one process sees it.</summary>
internal sealed class SimProvider(string name, SimWorld world, SimScene scene, SimLedger ledger, SimLife life) : IMessageProvider
{
    public string Name => name;

    public bool Carries(Channel channel) => true;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var called = world.Now;
        // On the wire; the process may die, and the request arrives all the same or does not.
        await world.StepAsync(life);
        if (!world.Chance(scene.Faults))
        {
            ledger.Take(message, name, called, life);
            await world.StepAsync(life);
            return new ProviderAnswer.Accepted(message.AttemptId.ToString());
        }
        switch (world.Random.Next(7))
        {
            case 0:
                return new ProviderAnswer.NotSent("too-many", Again: true);
            case 1:
                return new ProviderAnswer.NotSent("invalid-number", Again: false);
            case 2:
                ledger.Take(message, name, called, life);
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 3:
                world.In(world.UpTo(30), () => ledger.Take(message, name, called, life));
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 4:
                return await SimWorld.NeverAsync<ProviderAnswer>(cancellationToken);
            case 5:
                ledger.Take(message, name, called, life);
                throw new HttpRequestException("The connection was reset.");
            default:
                return new ProviderAnswer.Unknown("fault");
        }
    }

    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
