using Ums.AppHost;
using Ums.Local.Servers;

namespace Ums.Local.Launch;

/// <summary>The environment variables of each service: the same that the app host gives under Aspire.</summary>
internal sealed class ServiceEnvironment(
    LaunchOptions options, StateDirectory state, Keys keys, Infrastructure infrastructure, IReadOnlyDictionary<string, string> addresses)
{
    private static readonly string[] QuietLogs = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http.HttpClient"];

    private string PublicUrl => addresses[Topology.Gateway.Name] + "/";

    /// <summary>Where Identity leaves the first administrator's link until somebody has followed it.</summary>
    public const string FirstLink = "first-administrator";

    public static string ClientSecret(string client) => $"ClientSecret:{client}";

    public Dictionary<string, string> Of(Service service)
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = addresses[service.Name],
            ["ASPNETCORE_ENVIRONMENT"] = options.Environment,
            ["OTEL_SERVICE_NAME"] = service.Name,
            ["Tokens__Issuer"] = PublicUrl,
            ["Tokens__ClientSecret"] = keys[ClientSecret(service.Name)],
            ["Demo__Enabled"] = options.Environment == "Development" ? "true" : "false",
        };
        foreach (var key in service.Keys)
            variables[$"Keys__{key}"] = keys[key];
        foreach (var other in service.References)
            variables[$"services__{other}__http__0"] = addresses[other];
        if (service.Database is { } database)
        {
            variables[$"ConnectionStrings__{database}"] = infrastructure.Postgres.ConnectionString(database);
            variables[$"ConnectionStrings__{Topology.Messaging}"] = infrastructure.RabbitMq.ConnectionString(service.Name);
        }
        if (service == Topology.Identity)
        {
            variables["Operators__FirstLinkFile"] = state[FirstLink];
            foreach (var client in Topology.InternalClients)
                variables[$"ApiClients__Internal__{client}"] = keys[ClientSecret(client)];
        }
        if (service == Topology.Geocoding)
            variables["Index__Snapshot"] = state["addresses.index"];
        if (service == Topology.Gateway)
        {
            variables["Gateway__PublicUrl"] = PublicUrl;
            variables["DataProtection__Directory"] = state["data-protection"];
        }
        AddLogging(variables);
        foreach (var (name, value) in options.Settings)
            variables[name] = value;
        return variables;
    }

    // One line each, for the terminal; what frameworks say of every request and query stays out of it.
    private static void AddLogging(Dictionary<string, string> variables)
    {
        variables["Logging__Console__FormatterName"] = "simple";
        variables["Logging__Console__FormatterOptions__SingleLine"] = "true";
        variables["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
        foreach (var category in QuietLogs)
            variables[$"Logging__LogLevel__{category}"] = "Warning";
        // At the start everybody tries everybody until all are there; each try would be told with its stack.
        variables["Logging__LogLevel__Polly"] = "Error";
    }
}
