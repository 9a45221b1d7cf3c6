using System.Collections.Immutable;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = Ums.ServiceDefaults.Tokens.Scopes;

namespace Ums.Identity.ApiClients;

/// <summary>Which scopes there are for programs, who has them, and which service they are for.</summary>
internal static class ClientScopes
{
    /// <summary>What residents' tokens carry is not among them: no program gets those.</summary>
    public static readonly ImmutableArray<string> All =
        [Scopes.AddressRead, Scopes.AddressMatch, Scopes.AddressImport, Scopes.AlertWrite, Scopes.SessionCheck, Scopes.OrganisationRead];

    /// <summary>Our own services, by their resource names.</summary>
    public static ImmutableArray<string> OfService(string service) => service switch
    {
        "gateway" => [Scopes.SessionCheck, Scopes.OrganisationRead, Scopes.AddressRead],
        "contacts" => [Scopes.AddressRead, Scopes.AddressMatch, Scopes.OrganisationRead],
        "geocoding" or "notifier" => [Scopes.OrganisationRead],
        _ => throw new InvalidOperationException($"ApiClients:Internal:{service} is none of our services."),
    };

    public static string Resource(string scope) => scope switch
    {
        Scopes.AddressRead or Scopes.AddressMatch or Scopes.AddressImport => "geocoding",
        Scopes.AlertWrite => "notifier",
        _ => "identity",
    };

    public static ImmutableArray<string> Of(ImmutableArray<string> permissions) =>
        [.. permissions.Where(p => p.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal)).Select(p => p[Permissions.Prefixes.Scope.Length..])];
}
