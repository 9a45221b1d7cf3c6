using Microsoft.Extensions.Configuration;
using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>What an alert is like in one run, as its seed has it: who is in it, what it asks for, and how often something goes wrong.</summary>
internal sealed class SimScene
{
    public static readonly Guid AlertId = Guid.Parse("0198a000-0000-7000-8000-0000000000aa");
    public static readonly Guid Organisation = Guid.Parse("0198a000-0000-7000-8000-000000000001");
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(75);

    public static readonly IConfiguration Configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Keys:PersonalData"] = Convert.ToBase64String(new byte[32]), ["Tokens:Issuer"] = "http://localhost:8080/",
    }).Build();

    public static readonly PersonalData Personal = new(Configuration);

    private static readonly (string Phone, byte[] Sealed)[] Phones =
        [.. Enumerable.Range(0, 6).Select(i => $"+4670174060{i}").Select(phone => (phone, Personal.Seal(Organisation, phone)))];

    public SimScene(SimWorld world)
    {
        var random = world.Random;
        Options = new AlertOptions(
            (AlertMode)random.Next(4), world.Chance(0.4), world.Chance(0.4) ? TimeSpan.FromMinutes(5) : null, false, TimeSpan.FromMinutes(25));
        ExpiresAt = world.Now + Options.ValidFor;
        // Landlines are in slices of their own; where only SMS are sent they are left out before.
        landlines = Options.Mode == AlertMode.Sms ? 0 : random.Next(3);
        People = [.. Phones.Take(3 + random.Next(4)).Select((phone, i) => new SimPerson(i < landlines ? 1 : 2 + ((i - landlines) / 3), (short)(i < landlines ? i : (i - landlines) % 3), phone.Phone, phone.Sealed))];
        Faults = random.Next(4) switch { 0 => 0, 1 => 0.1, 2 => 0.3, _ => 0.6 };
        Silence = random.Next(3) switch { 0 => 0, 1 => 0.2, _ => 0.7 };
        DatabaseFaults = random.Next(3) == 0 ? 0.05 : 0;
        Slowness = random.Next(3) == 0 ? 0.2 : 0;
        CancelAfter = world.Chance(0.3) ? world.UpTo(random.Next(2) == 0 ? 1 : 200) : null;
    }

    private readonly int landlines;

    public AlertOptions Options { get; }

    public DateTimeOffset ExpiresAt { get; }

    public IReadOnlyList<SimPerson> People { get; }

    /// <summary>How many of the calls to a provider go wrong in one way or another.</summary>
    public double Faults { get; }

    /// <summary>How many receipts never come.</summary>
    public double Silence { get; }

    public double DatabaseFaults { get; }

    /// <summary>How many of the database's answers take seconds.</summary>
    public double Slowness { get; }

    public TimeSpan? CancelAfter { get; }

    public Channel ChannelOf(long slice) => slice == 1 || Options.Mode == AlertMode.Voice ? Channel.Voice : Channel.Sms;
}
