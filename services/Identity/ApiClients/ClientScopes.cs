using System.Collections.Immutable;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = Ums.ServiceDefaults.Tokens.Scopes;

namespace Ums.Identity.ApiClients;

/// <summary>Which scopes there are for programs, who has them, and which service they are for.</summary>
internal static class ClientScopes
{
    /// <summary>What residents' tokens carry is not among them: no program gets those.</summary>
    public static readonly ImmutableArray<string> All =
        [.. OfOtherSystems, Scopes.SessionCheck, Scopes.OperatorSignIn];

    /// <summary>What another system may be given.</summary>
    public static ImmutableArray<string> OfOtherSystems =>
    [
        Scopes.AddressRead, Scopes.AddressMatch, Scopes.AddressImport, Scopes.RegisterImport, Scopes.AudienceRead, Scopes.AlertRead, Scopes.AlertWrite, Scopes.AlertApprove,
        Scopes.OrganisationRead,
    ];

    /// <summary>What an organisation may give its own programs. Approving is for people; the address register is everybody's.</summary>
    public static ImmutableArray<string> OfOrganisations =>
        [Scopes.AddressRead, Scopes.AddressMatch, Scopes.AudienceRead, Scopes.AlertRead, Scopes.AlertWrite, Scopes.OrganisationRead];

    /// <summary>Our own services, by their resource names.</summary>
    public static ImmutableArray<string> OfService(string service) => service switch
    {
        "gateway" => [Scopes.SessionCheck, Scopes.OperatorSignIn, Scopes.OrganisationRead, Scopes.AddressRead],
        "contacts" => [Scopes.AddressRead, Scopes.AddressMatch, Scopes.OrganisationRead],
        "notifier" => [Scopes.OrganisationRead, Scopes.AudienceRead],
        "geocoding" => [Scopes.OrganisationRead],
        _ => throw new InvalidOperationException($"ApiClients:Internal:{service} is none of our services."),
    };

    public static string Resource(string scope) => scope switch
    {
        Scopes.AddressRead or Scopes.AddressMatch or Scopes.AddressImport => "geocoding",
        Scopes.AlertRead or Scopes.AlertWrite or Scopes.AlertApprove => "notifier",
        Scopes.AudienceRead or Scopes.RegisterImport => "contacts",
        _ => "identity",
    };

    public static ImmutableArray<string> Of(ImmutableArray<string> permissions) =>
        [.. permissions.Where(p => p.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal)).Select(p => p[Permissions.Prefixes.Scope.Length..])];
}
