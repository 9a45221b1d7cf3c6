using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Ums.Identity.Tokens;

namespace Ums.Identity.Tests.Tokens;

public sealed class SigningKeyTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task a_restart_and_a_replica_keep_the_keys()
    {
        await using var replica = await identity.StartReplicaAsync();

        Assert.Equal(await KeysAsync(identity.Client), await KeysAsync(replica.CreateClient()));
        Assert.Equal((await TokenAsync(identity.Client)).Kid, (await TokenAsync(replica.CreateClient())).Kid);
    }

    [Fact]
    public async Task keys_rotate_by_age_with_an_overlap_and_without_a_restart()
    {
        var old = await TokenAsync(identity.Client);

        // Where this class is the first, its key came with the database's template, made by a clock that is a little ahead of the fixture's.
        identity.Clock.Advance(SigningKeys.Rotation + TimeSpan.FromMinutes(5));
        await RefreshAsync();
        Assert.Equal(2, (await KeysAsync(identity.Client)).Count);
        Assert.Equal(old.Kid, (await TokenAsync(identity.Client)).Kid);

        identity.Clock.Advance(SigningKeys.Lead);
        await RefreshAsync();
        var young = await TokenAsync(identity.Client);
        Assert.NotEqual(old.Kid, young.Kid);
        Assert.Superset(new HashSet<string> { old.Kid, young.Kid }, (await KeysAsync(identity.Client)).ToHashSet());
        Assert.True(await IsValidAsync(old));
        Assert.True(await IsValidAsync(young));

        identity.Clock.Advance(SigningKeys.Rotation + SigningKeys.Overlap);
        await RefreshAsync();
        Assert.DoesNotContain(old.Kid, await KeysAsync(identity.Client));
    }

    [Fact]
    public async Task replicas_that_start_together_share_one_key()
    {
        await identity.ExecuteAsync("create table kept as table signing_keys; delete from signing_keys");
        var rings = Enumerable.Range(0, 8).Select(_ => new SigningKeys(
            Services.Get<NpgsqlDataSource>(identity), Services.Get<IConfiguration>(identity), identity.Clock, NullLogger<SigningKeys>.Instance)).ToArray();

        await Task.WhenAll(rings.Select(ring => ring.RefreshAsync(default)));

        Assert.Equal(1, await identity.QueryAsync<long>("select count(*) from signing_keys"));
        Assert.Single(rings.Select(ring => Assert.Single(ring.Credentials).Kid).Distinct());
        await identity.ExecuteAsync("delete from signing_keys; insert into signing_keys table kept; drop table kept");
    }

    [Fact]
    public async Task a_key_sealed_with_another_key_is_left_alone()
    {
        var id = Guid.CreateVersion7();
        await identity.ExecuteAsync("insert into signing_keys values ($1, now(), $2)", id, new byte[200]);
        await RefreshAsync();

        Assert.DoesNotContain(id.ToString("N"), await KeysAsync(identity.Client));
        await TokenAsync(identity.Client);
    }

    [Fact]
    public async Task only_public_parts_are_published_and_none_lies_open_in_the_database()
    {
        var document = await identity.Client.GetFromJsonAsync<JsonElement>("/.well-known/jwks");

        Assert.All(document.GetProperty("keys").EnumerateArray(), key =>
        {
            Assert.Equal("EC", key.GetProperty("kty").GetString());
            Assert.False(key.TryGetProperty("d", out _));
        });
        var box = await identity.QueryAsync<byte[]>("select sealed from signing_keys limit 1");
        Assert.ThrowsAny<Exception>(() => System.Security.Cryptography.ECDsa.Create().ImportPkcs8PrivateKey(box, out _));
    }

    private Task RefreshAsync() => Services.Get<KeyRotation>(identity).RefreshAsync(default);

    private static async Task<List<string>> KeysAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/.well-known/jwks")).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];

    private static async Task<JsonWebToken> TokenAsync(HttpClient client)
    {
        using var response = await Clients.AskAsync(client, "gateway", "test-secret-of-gateway", "session.check");
        return new JsonWebToken((await response.Content.ReadFromJsonAsync<TokenAnswer>())!.AccessToken);
    }

    /// <summary>As another service checks it: by the published keys.</summary>
    private async Task<bool> IsValidAsync(JsonWebToken token) => (await new JsonWebTokenHandler().ValidateTokenAsync(token.EncodedToken, new TokenValidationParameters
    {
        IssuerSigningKeys = new JsonWebKeySet(await identity.Client.GetStringAsync("/.well-known/jwks")).GetSigningKeys(),
        ValidIssuer = "http://localhost:8080/",
        ValidAudience = "identity",
        ValidateLifetime = false,
    })).IsValid;
}
