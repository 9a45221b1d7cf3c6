namespace Ums.AppHost;

/// <summary>
/// What runs, and what depends on what. Said once: the app host (AppHost.cs) and the launcher of ./run (Local/) both read it.
/// </summary>
internal static class Topology
{
    /// <summary>The message broker's connection name.</summary>
    public const string Messaging = "messaging";

    /// <summary>Answers 200 once a service may be sent requests.</summary>
    public const string HealthPath = "/health";

    public static readonly Service Identity = new("identity", "services/Identity/Ums.Identity.csproj")
    {
        Database = "identitydb",
        References = ["identity", "notifier"],
        Keys = ["PersonalData", "PinDelivery", "Pins", "Tokens", "Captcha"],
    };

    public static readonly Service Contacts = new("contacts", "services/Contacts/Ums.Contacts.csproj")
    {
        Database = "contactsdb",
        References = ["identity", "geocoding"],
        Keys = ["PersonalData"],
    };

    public static readonly Service Geocoding = new("geocoding", "services/Geocoding/Ums.Geocoding.csproj")
    {
        Database = "geocodingdb",
        References = ["identity"],
    };

    public static readonly Service Notifier = new("notifier", "services/Notifier/Ums.Notifier.csproj")
    {
        Database = "notifierdb",
        References = ["identity", "contacts"],
        Keys = ["PersonalData", "PinDelivery"],
    };

    public static readonly Service Gateway = new("gateway", "gateway/Ums.Gateway.csproj")
    {
        References = ["identity", "contacts", "geocoding", "notifier"],
        WaitsFor = ["identity", "contacts", "geocoding", "notifier"],
        Keys = ["Gateway"],
    };

    /// <summary>In the order in which they are shown and started.</summary>
    public static IReadOnlyList<Service> Services { get; } = [Identity, Contacts, Geocoding, Notifier, Gateway];

    public static IEnumerable<string> Databases => Services.Select(s => s.Database).OfType<string>();

    /// <summary>The services that publish and consume messages.</summary>
    public static IEnumerable<string> OnTheBus => Services.Where(s => s.Database is not null).Select(s => s.Name);

    /// <summary>Every key there is: 32 random bytes each, in base64. Nothing has a default.</summary>
    public static IEnumerable<string> Keys => Services.SelectMany(s => s.Keys).Distinct();

    /// <summary>The services that call others under a client id of their own, which is their name.</summary>
    public static IEnumerable<string> InternalClients => Services.Select(s => s.Name).Where(n => n != Identity.Name);
}

/// <param name="Name">What it is called everywhere: in discovery (http://name), on the broker, as a token's audience and as a client id.</param>
/// <param name="Project">Its project file, from the repository's root.</param>
internal sealed record Service(string Name, string Project)
{
    /// <summary>The connection name of its own database, which nobody else reads; a service with one is also on the bus.</summary>
    public string? Database { get; init; }

    /// <summary>The services that it calls over HTTP and must be able to find. All fetch Identity's public keys, Identity itself too.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The services without which it cannot begin. Services among themselves wait for nobody: each outlives the other's absence.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>The keys it is given as Keys__NAME; a key is known to as few as can be.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
