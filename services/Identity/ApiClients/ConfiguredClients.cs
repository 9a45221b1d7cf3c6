using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Ums.Identity.Organisations;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.ApiClients;

/// <summary>
/// Makes the clients that configuration names: our own services (<c>ApiClients:Internal:{service}</c> = secret) and other systems
/// (<c>ApiClients:External:{id}</c> with Secret, Scopes and, where bound to one, Organisation). Secrets are kept as hashes; a changed one takes the place of the old.
/// </summary>
internal sealed class ConfiguredClients(IServiceScopeFactory scopes, IConfiguration configuration) : IHostedService
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long LockKey = 0x636C69656E74;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await db.AcrossOrganisationsAsync(async token =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", token);
            foreach (var service in configuration.GetSection("ApiClients:Internal").GetChildren())
            {
                await SaveAsync(clients, service.Key, service.Value!, ClientScopes.OfService(service.Key), null, token);
            }
            foreach (var client in configuration.GetSection("ApiClients:External").GetChildren())
            {
                var slug = client["Organisation"];
                var organisation = slug is null ? null : await db.Organisations.ActiveAsync(slug, token)
                    ?? throw new InvalidOperationException($"ApiClients:External:{client.Key}:Organisation is {slug}, which is not known.");
                await SaveAsync(clients, client.Key, client["Secret"] ?? "", ScopesOf(client), organisation?.Id, token);
            }
            return true;
        }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static ImmutableArray<string> ScopesOf(IConfigurationSection client)
    {
        ImmutableArray<string> wanted = [.. (client["Scopes"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return wanted.Length > 0 && wanted.All(ClientScopes.OfOtherSystems.Contains)
            ? wanted
            : throw new InvalidOperationException($"ApiClients:External:{client.Key}:Scopes: give one or more of {string.Join(", ", ClientScopes.OfOtherSystems)}.");
    }

    private async Task SaveAsync(
        IOpenIddictApplicationManager clients, string id, string secret, ImmutableArray<string> scopes, Guid? organisation, CancellationToken cancellationToken)
    {
        if (secret.Length < 20)
        {
            throw new InvalidOperationException($"The secret of the API client {id} is not set or shorter than 20 characters.");
        }
        var wanted = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        };
        wanted.Permissions.UnionWith(scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        if (id == "gateway")
        {
            // It signs operators in: a browser comes back to it with a code.
            wanted.Permissions.UnionWith([
                Permissions.Endpoints.Authorization, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code]);
            wanted.RedirectUris.Add(new Uri($"{configuration["Tokens:Issuer"]}admin/tillbaka"));
            wanted.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        }
        if (organisation is { } bound)
        {
            wanted.Properties[Claims.Organisation] = JsonSerializer.SerializeToElement(bound);
        }
        if (await clients.FindByClientIdAsync(id, cancellationToken) is not { } client)
        {
            await clients.CreateAsync(wanted, cancellationToken);
            return;
        }
        var same = await clients.ValidateClientSecretAsync(client, secret, cancellationToken)
            && wanted.Permissions.SetEquals(await clients.GetPermissionsAsync(client, cancellationToken))
            && wanted.RedirectUris.Select(uri => uri.AbsoluteUri).ToHashSet().SetEquals(await clients.GetRedirectUrisAsync(client, cancellationToken));
        if (!same)
        {
            await clients.UpdateAsync(client, wanted, cancellationToken);
        }
    }
}
