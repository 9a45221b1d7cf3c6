using Ums.Gateway.Security;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Ums.Gateway.Proxy;

/// <summary>
/// Everything of the services that the world may reach, one line each: who may call it, how often, how long it may take and how much it may send. What is not
/// here is not reachable; the services' /internal, /metrics and /health never are.
/// </summary>
internal static class Routes
{
    public static readonly IReadOnlyList<ClusterConfig> Clusters = [Cluster("identity"), Cluster("contacts"), Cluster("geocoding"), Cluster("notifier")];

    private static readonly string[] Get = ["GET"];
    private static readonly string[] Post = ["POST"];
    private static readonly string[] Put = ["PUT"];
    private static readonly string[] Any = ["GET", "POST", "PUT", "DELETE"];

    public static IReadOnlyList<RouteConfig> All(bool development) =>
    [
        Route("organisations", "identity", "/api/organisations/{**rest}", Get, Who.Anyone, Limits.Calls),
        Route("settings", "identity", "/api/organisations/{slug}/settings", Get, Who.OrganisationReader, Limits.Calls),
        Route("settings-change", "identity", "/api/organisations/{slug}/settings", Put, Who.OrganisationWriter, Limits.Calls, body: 16 * 1024),
        Route("provider", "identity", "/api/organisations/{slug}/provider", Any, Who.OrganisationWriter, Limits.Calls, body: 8 * 1024),
        Route("clients", "identity", "/api/organisations/{slug}/clients/{**rest}", Any, Who.OrganisationWriter, Limits.Calls, body: 8 * 1024),
        Route("colleagues", "identity", "/api/organisations/{slug}/colleagues", Get, Who.OrganisationReader, Limits.Calls),
        Route("people", "identity", "/api/organisations/{slug}/people/{**rest}", Any, Who.OperatorManager, Limits.Calls, body: 8 * 1024),
        Route("invitations", "identity", "/api/organisations/{slug}/invitations/{**rest}", Any, Who.OperatorManager, Limits.Calls, body: 8 * 1024),
        Route("operator", "identity", "/api/operator/{**rest}", Any, Who.Operator, Limits.SignIn, body: 16 * 1024),
        Route("audit", "identity", "/api/audit", Get, Who.Auditor, Limits.Calls),
        Route("audit-contacts", "contacts", "/api/audit/contacts", Get, Who.Auditor, Limits.Calls),
        Route("audit-alerts", "notifier", "/api/audit/alerts", Get, Who.Auditor, Limits.Calls),
        Route("foreign", "identity", "/connect/foreign/{**rest}", Get, Who.Anyone, Limits.SignIn),
        Route("authorize", "identity", "/connect/authorize", Get, Who.Anyone, Limits.SignIn),
        Route("captcha", "identity", "/api/captcha", Get, Who.Anyone, Limits.Calls),
        Route("pins", "identity", "/api/pins/{**rest}", Post, Who.Anyone, Limits.SignIn, body: 16 * 1024),
        Route("token", "identity", "/connect/token", Post, Who.Anyone, Limits.SignIn, body: 8 * 1024),
        Route("sign-out", "identity", "/connect/logout", Post, Who.Anyone, Limits.Calls, body: 8 * 1024),
        Route("keys", "identity", "/.well-known/{**rest}", Get, Who.Anyone, Limits.Calls),
        Route("contact", "contacts", "/api/contact/{**rest}", Any, Who.Resident, Limits.Calls, body: 32 * 1024),
        Route("records", "contacts", "/api/contacts/{**rest}", Any, Who.RecordReader, Limits.Calls, body: 16 * 1024),
        // A list of a hundred thousand numbers is some megabytes.
        Route("audiences", "contacts", "/api/audiences/{**rest}", Post, Who.AudienceReader, Limits.Calls, body: 8 * 1024 * 1024, seconds: 60),
        Route("map", "geocoding", "/api/map/{**rest}", Get, Who.Anyone, Limits.Tiles),
        Route("match", "geocoding", "/api/addresses/matches", Post, Who.AddressReader, Limits.Calls, body: 8 * 1024),
        Route("match-batch", "geocoding", "/api/addresses/matches/batch", Post, Who.AddressMatcher, Limits.Calls, body: 512 * 1024, seconds: 60),
        // A country's addresses are one body; the service itself sets the limit within this one.
        Route("import", "geocoding", "/api/imports/addresses", Post, Who.AddressImporter, Limits.Imports, body: 1024L * 1024 * 1024, seconds: 30 * 60),
        Route("imports", "geocoding", "/api/imports/addresses/{**rest}", Get, Who.AddressImporter, Limits.Calls, seconds: 10 * 60),
        // A register of millions is one body too.
        Route("register", "contacts", "/api/imports/register", Any, Who.RegisterImporter, Limits.Imports, body: 1024L * 1024 * 1024, seconds: 30 * 60),
        Route("registers", "contacts", "/api/imports/register/{**rest}", Any, Who.RegisterImporter, Limits.Calls, seconds: 10 * 60),
        Route("addresses", "geocoding", "/api/addresses/{**rest}", Get, Who.AddressReader, Limits.Calls),
        Route("texts", "notifier", "/api/texts/preview", Post, Who.AlertWriter, Limits.Calls, body: 16 * 1024),
        Route("alerts-watched", "notifier", "/api/alerts/{id:guid}/progress", Get, Who.AlertReader, Limits.Calls, seconds: 12 * 60 * 60),
        Route("alerts-read", "notifier", "/api/alerts/{**rest}", Get, Who.AlertReader, Limits.Calls, seconds: 60),
        // An audience may be a list of a hundred thousand numbers.
        Route("alerts", "notifier", "/api/alerts/{**rest}", ["POST", "PUT"], Who.AlertSender, Limits.Calls, body: 8 * 1024 * 1024, seconds: 60),
        Route("providers", "notifier", "/api/providers", Get, Who.AlertReader, Limits.Calls),
        Route("templates-read", "notifier", "/api/templates/{**rest}", Get, Who.AlertReader, Limits.Calls),
        Route("templates", "notifier", "/api/templates/{**rest}", ["POST", "PUT", "DELETE"], Who.AlertWriter, Limits.Calls, body: 32 * 1024),
        Route("alert-codes", "notifier", "/api/alert-codes/{code}", Get, Who.Anyone, Limits.Codes),
        Route("disturbances", "notifier", "/api/disturbances/{organisation:guid}", Get, Who.Anyone, Limits.Calls),
        Route("webhooks", "notifier", "/webhooks/{provider}/{token}", Post, Who.Anyone, Limits.Tiles, body: 64 * 1024),
        Route("speech", "notifier", "/speech/{token}", Get, Who.Anyone, Limits.Tiles),
        Document("identity"),
        Document("contacts"),
        Document("geocoding"),
        Document("notifier"),
        .. development ? [Route("development-phone", "notifier", "/dev/phone/{**rest}", Get, Who.Anyone, Limits.Calls)] : Array.Empty<RouteConfig>(),
    ];

    private static RouteConfig Route(
        string name, string service, string path, string[] verbs, string who, string limit, long body = 1024, int seconds = 15) => new()
        {
            RouteId = name,
            ClusterId = service,
            Match = new RouteMatch { Path = path, Methods = verbs },
            AuthorizationPolicy = who,
            RateLimiterPolicy = limit,
            Timeout = TimeSpan.FromSeconds(seconds),
            MaxRequestBodySize = body,
        };

    private static RouteConfig Document(string service) =>
        Route($"openapi-{service}", service, $"/api/openapi/{service}.json", Get, Who.Anyone, Limits.Calls)
            .WithTransformPathSet(OpenApi.Route);

    private static ClusterConfig Cluster(string service) => new()
    {
        ClusterId = service,
        LoadBalancingPolicy = "PowerOfTwoChoices",
        Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
    };

    /// <summary>The names of the decisions who may call.</summary>
    internal static class Who
    {
        public const string Anyone = "anonymous";
        public const string Resident = $"scope {Scopes.Contact}";
        public const string AddressReader = $"scope {Scopes.AddressRead}";
        public const string AddressMatcher = $"scope {Scopes.AddressMatch}";
        public const string AddressImporter = $"scope {Scopes.AddressImport}";
        public const string RegisterImporter = $"scope {Scopes.RegisterImport}";
        public const string AudienceReader = $"scope {Scopes.AudienceRead}";
        public const string AlertReader = $"scope {Scopes.AlertRead}";
        public const string AlertSender = $"scope {Scopes.AlertWrite} or {Scopes.AlertApprove}";
        public const string AlertWriter = $"scope {Scopes.AlertWrite}";
        public const string Operator = $"scope {Scopes.Account}";
        public const string OrganisationReader = $"scope {Scopes.OrganisationRead}";
        public const string OrganisationWriter = $"scope {Scopes.OrganisationWrite}";
        public const string OperatorManager = $"scope {Scopes.OperatorManage}";
        public const string RecordReader = $"scope {Scopes.ContactRead}";
        public const string Auditor = $"scope {Scopes.AuditRead}";
    }
}
