using Microsoft.Extensions.Configuration;
using Ums.Messages.Events;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

/// <summary>One PIN that Identity asks for.</summary>
/// <param name="BusMessages">The ids under which it comes; more than one would be a mistake of Identity's, and must do no harm.</param>
internal sealed record SimPin(PinRequest Known, PinRequested Request, IReadOnlyList<Guid> BusMessages);

/// <summary>Sealed once for all runs: sealing is nothing to simulate.</summary>
internal sealed record PinRequest(string Phone, string Pin, PinRequested Request);

/// <summary>Which PINs are asked for in one run, and how often something goes wrong, as its seed has it.</summary>
internal sealed class PinScene
{
    private static readonly byte[] Key = new byte[32];

    public static readonly IConfiguration Configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Keys:PersonalData"] = Convert.ToBase64String(Key), ["Keys:PinDelivery"] = Convert.ToBase64String(Key), ["Tokens:Issuer"] = "http://localhost:8080/",
    }).Build();

    public static readonly PersonalData Personal = new(Configuration);
    public static readonly PinSeal Seal = new(Configuration);
    public static readonly PortalHost Portal = new(Configuration);
    public static readonly ReceiptAddresses Addresses = new(Configuration);

    private static readonly PinRequest[] Known = [.. Enumerable.Range(1, 3).Select(i => Make($"+4670174061{i}", $"{i}{i}{i}{i}{i}{i}", i == 3 ? "voice" : "sms"))];

    public PinScene(SimWorld world)
    {
        var random = world.Random;
        Pins = [.. Known.Take(1 + random.Next(Known.Length)).Select(known => new SimPin(
            known, known.Request with { ExpiresAt = world.Now + Validity(world) }, [.. Enumerable.Range(0, world.Chance(0.2) ? 2 : 1).Select(_ => world.NewId())]))];
        Faults = random.Next(4) switch { 0 => 0, 1 => 0.2, 2 => 0.5, _ => 0.9 };
        Silence = random.Next(3) switch { 0 => 0, 1 => 0.3, _ => 1 };
        DatabaseFaults = random.Next(3) == 0 ? 0.15 : 0;
        Slowness = random.Next(3) == 0 ? 0.2 : 0;
    }

    public IReadOnlyList<SimPin> Pins { get; }

    /// <summary>How many of the calls to a provider go wrong in one way or another.</summary>
    public double Faults { get; }

    /// <summary>How many receipts never come.</summary>
    public double Silence { get; }

    public double DatabaseFaults { get; }

    /// <summary>How many of the database's answers take seconds.</summary>
    public double Slowness { get; }

    /// <summary>Whatever is asked for goes out.</summary>
    public bool IsCalm => Faults == 0 && DatabaseFaults == 0 && Slowness == 0;

    /// <summary>Most for as long as Identity's; some end while they are under way, or before they come.</summary>
    private static TimeSpan Validity(SimWorld world) => world.Chance(0.6) ? TimeSpan.FromMinutes(10) : world.UpTo(world.Chance(0.5) ? 60 : 8);

    private static PinRequest Make(string phone, string pin, string channel)
    {
        var (request, delivery) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var seal = new PinDelivery(phone, pin, "sv", "Pitea", null, "Piteå kommun").Seal(Key, request, delivery);
        return new PinRequest(phone, pin, new PinRequested(request, delivery, SimScene.Organisation, channel, seal, default, default));
    }
}
