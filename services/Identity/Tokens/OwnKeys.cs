using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ums.Identity.Tokens;

/// <summary>Identity checks the tokens that come back to it with the keys it holds, instead of asking itself over HTTP.</summary>
internal sealed class OwnKeys(SigningKeys keys) : IConfigurationManager<OpenIdConnectConfiguration>
{
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration();
        foreach (var credentials in keys.Credentials)
        {
            configuration.SigningKeys.Add(credentials.Key);
        }
        return Task.FromResult(configuration);
    }

    public void RequestRefresh()
    {
    }
}
