using System.Text.Json;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;
using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>What is written to the outbox in one run, when, and how often something goes wrong, as its seed has it.</summary>
internal sealed class OutboxScene
{
    /// <summary>Mandatory: the broker returns it where no queue is bound.</summary>
    private static readonly OutboxLetter Address = OutboxLetter.Of(Sample.AddressAdded());
    private static readonly OutboxLetter Change = OutboxLetter.Of(Sample.ContactChanged());
    private static readonly OutboxLetter Pin = OutboxLetter.Of(Sample.PinRequested()) with { IsUrgent = true };
    private static readonly OutboxLetter[] Spoilt =
        [Address with { Payload = """{"contactId": 17}""", IsReadable = false }, Change with { Type = "Ums.Messages.Events.OfTheFuture", IsReadable = false }];

    public OutboxScene(SimWorld world)
    {
        var random = world.Random;
        Letters = [.. Enumerable.Range(0, 2 + random.Next(6)).Select(_ => random.Next(8) switch
        {
            0 => Spoilt[random.Next(2)],
            < 4 => Pin,
            < 6 => Address,
            _ => Change,
        })];
        FaultsEnd = world.Now + TimeSpan.FromSeconds(50);
        BrokerGoneAt = world.Now + world.UpTo(20);
        BrokerBackAt = BrokerGoneAt + (world.Chance(0.4) ? world.UpTo(30) : TimeSpan.Zero);
        BoundAt = world.Now + (world.Chance(0.3) ? world.UpTo(30) : TimeSpan.Zero);
        BrokerFaults = random.Next(4) switch { 0 => 0, 1 => 0.1, 2 => 0.3, _ => 0.6 };
        RoadFaults = random.Next(3) switch { 0 => 0, 1 => 0.3, _ => 1 };
        HasRoad = world.Chance(0.8);
        DatabaseFaults = random.Next(3) == 0 ? 0.1 : 0;
        Slowness = random.Next(3) == 0 ? 0.15 : 0;
    }

    public IReadOnlyList<OutboxLetter> Letters { get; }

    /// <summary>From then on everything works, and nobody dies or sleeps.</summary>
    public DateTimeOffset FaultsEnd { get; }

    public DateTimeOffset BrokerGoneAt { get; }

    public DateTimeOffset BrokerBackAt { get; }

    /// <summary>When the consumer of what is mandatory is started for the first time.</summary>
    public DateTimeOffset BoundAt { get; }

    public double BrokerFaults { get; }

    public double RoadFaults { get; }

    public bool HasRoad { get; }

    public double DatabaseFaults { get; }

    /// <summary>How many of the database's answers take seconds.</summary>
    public double Slowness { get; }

    /// <summary>Nothing but the broker stands between an urgent message and its receiver.</summary>
    public bool RoadIsFree => HasRoad && RoadFaults == 0 && DatabaseFaults == 0 && Slowness == 0;

    public static OutboxOptions Options(TimeProvider clock) => new()
    {
        BatchSize = 3, ProbeSize = 2, OrdinaryBatches = 2, UrgentBatches = 2, MaxAttempts = 4, Lease = TimeSpan.FromSeconds(12), PollInterval = TimeSpan.FromSeconds(5), Clock = clock,
    };
}

/// <summary>What is to be published.</summary>
internal sealed record OutboxLetter(string Type, string Payload, bool IsUrgent = false, bool IsReadable = true)
{
    public bool IsMandatory => Type == typeof(AddressAdded).FullName;

    public static OutboxLetter Of<T>(T message) => new(typeof(T).FullName!, JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
}
