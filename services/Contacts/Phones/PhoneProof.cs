using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Phones;

/// <summary>Reads Identity's proof that the signed-in resident answers at a new number; it is trusted by the same rules as any bearer token.</summary>
internal sealed class PhoneProof(IOptionsMonitor<JwtBearerOptions> bearer)
{
    private const int Longest = 8192;

    /// <returns>The number; null where the proof is none, is too old, or was made for another resident.</returns>
    public async Task<PhoneNumber?> ReadAsync(string? proof, Caller caller)
    {
        if (proof is null or "" or { Length: > Longest })
        {
            return null;
        }
        var options = bearer.Get(JwtBearerDefaults.AuthenticationScheme);
        var rules = options.TokenValidationParameters.Clone();
        rules.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(proof, rules);
        if (!result.IsValid)
        {
            return null;
        }
        var holder = new ClaimsPrincipal(result.ClaimsIdentity);
        return holder.HasScope(Scopes.PhoneProof)
            && holder.FindFirstValue(Claims.Subject) == caller.Subject
            && holder.FindFirstValue(Claims.Organisation) is { } organisation && Guid.Parse(organisation) == caller.Organisation
            && Enum.TryParse<ContactKind>(holder.FindFirstValue(Claims.Kind), ignoreCase: true, out var kind) && kind == caller.Kind
            && holder.FindFirstValue(Claims.PhoneNumber) is { } number
                ? PhoneNumber.Parse(number)
                : null;
    }
}
