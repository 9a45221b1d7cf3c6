using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ums.Identity.Providers;

/// <summary>Providers' discovery documents and keys, fetched when first needed and kept as long as the library holds them good.</summary>
internal sealed class ProviderDirectory(IHttpClientFactory clients, IOptions<ProvidersOptions> options)
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> known = new(StringComparer.Ordinal);

    /// <returns>Null for what is no address of a provider.</returns>
    public string? ReadIssuer(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= 300 } text && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (options.Value.AllowInside && address.Scheme == Uri.UriSchemeHttp))
            && address is { UserInfo: "", Query: "", Fragment: "" } ? text : null;

    /// <exception cref="ProviderException">It does not answer, or not as a provider of that name does.</exception>
    public async Task<OpenIdConnectConfiguration> FindAsync(string issuer, CancellationToken cancellationToken)
    {
        if (known.Count > Most)
        {
            known.Clear();
        }
        var manager = known.GetOrAdd(issuer, static (name, self) => new ConfigurationManager<OpenIdConnectConfiguration>(
            name.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(self.clients.CreateClient(ProviderHttp.Client)) { RequireHttps = !self.options.Value.AllowInside }), (clients, options));
        try
        {
            var found = await manager.GetConfigurationAsync(cancellationToken);
            return found.Issuer == issuer && found is { AuthorizationEndpoint.Length: > 0, TokenEndpoint.Length: > 0 }
                && ReadIssuer(found.TokenEndpoint) is not null && Uri.TryCreate(found.AuthorizationEndpoint, UriKind.Absolute, out var page)
                && (page.Scheme == Uri.UriSchemeHttps || options.Value.AllowInside) ? found : throw new ProviderException("not-that-provider");
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            known.TryRemove(issuer, out _);
            throw new ProviderException("provider-away");
        }
    }
}

/// <param name="word">What is wrong, in a stable word.</param>
internal sealed class ProviderException(string word) : Exception(word)
{
    public string Word { get; } = word;
}
