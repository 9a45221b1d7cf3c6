using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.ApiClients;

/// <summary>Lets a program in, bound to the organisation. Its secret stands in the answer and nowhere else.</summary>
internal static class CreateClient
{
    private const int LongestName = 60;
    private const int Most = 50;

    public sealed record Request(string? Name, string?[]? Scopes);

    public sealed record Response(string ClientId, string Secret);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, IdentityDb db, IOpenIddictApplicationManager applications, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var name = request.Name?.Trim();
        if (name is not { Length: > 0 and <= LongestName } || name.Any(char.IsControl))
        {
            return Problems.Invalid("name", "one-to-sixty-letters");
        }
        if (request.Scopes is not { Length: > 0 and <= 20 } || !request.Scopes.All(scope => scope is not null && ClientScopes.OfOrganisations.Contains(scope)))
        {
            return Problems.Invalid("scopes", "unknown-scope");
        }
        var (id, secret) = ($"{slug}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", ClientSecret.Make());
        string[] scopes = [.. request.Scopes.OfType<string>().Distinct()];
        return await db.InOrganisationAsync<Results<Ok<Response>, ProblemHttpResult>>(organisation.Id, async token =>
        {
            if (await db.ApiClients.CountAsync(client => client.RevokedAt == null, token) >= Most)
            {
                return Problems.Problem(StatusCodes.Status409Conflict, "too-many-clients", "Revoke an API client before you make another.");
            }
            db.ApiClients.Add(new ApiClient { ClientId = id, OrganisationId = organisation.Id, Name = name, Scopes = scopes, CreatedAt = clock.GetUtcNow() });
            await applications.CreateAsync(Describe(id, secret, scopes, organisation.Id), token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "client-created") with { Target = id, Detail = string.Join(' ', scopes) }, token);
            return TypedResults.Ok(new Response(id, secret));
        }, cancellationToken);
    }

    private static OpenIddictApplicationDescriptor Describe(string id, string secret, string[] scopes, Guid organisation)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        };
        client.Permissions.UnionWith(scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        client.Properties[Claims.Organisation] = JsonSerializer.SerializeToElement(organisation);
        return client;
    }
}
