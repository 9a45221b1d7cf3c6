using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Tokens;

public sealed class BearerTests(BearerTests.Service service) : IClassFixture<BearerTests.Service>
{
    private static readonly Dictionary<string, string?> Resident = new() { ["sub"] = "someone", ["organisation"] = Guid.Empty.ToString() };
    private readonly TestTokens tokens = service.Tokens;

    [Fact]
    public async Task a_token_with_the_scope_is_let_in() =>
        Assert.Equal(HttpStatusCode.OK, await AskAsync(tokens.Mint("contact address.read", ["contacts"], Resident)));

    [Fact]
    public async Task no_token_is_401_with_a_problem()
    {
        using var answer = await service.Client.GetAsync(new Uri("/mine", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("urn:ums:problem:not-signed-in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address.read")]
    [InlineData("contacts")] // no prefix passes for the scope
    [InlineData("")]
    public async Task without_the_scope_it_is_403(string scope) =>
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(tokens.Mint(scope, ["contacts"], Resident)));

    [Fact]
    public async Task a_token_for_another_service_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.Mint("contact", ["geocoding", "identity"], Resident)));

    [Fact]
    public async Task a_token_of_another_issuer_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.Mint("contact", ["contacts"], Resident, issuer: "https://elsewhere.example/")));

    [Fact]
    public async Task an_expired_token_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(
            tokens.Mint("contact", ["contacts"], Resident, issued: DateTimeOffset.UtcNow.AddHours(-2), lifetime: TimeSpan.FromHours(1))));

    [Fact]
    public async Task a_token_signed_by_another_key_is_401()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.Mint("contact", ["contacts"], Resident, signedBy: new ECDsaSecurityKey(key) { KeyId = "test" })));
    }

    [Fact]
    public async Task another_sort_of_token_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(tokens.Mint("contact", ["contacts"], Resident, type: "JWT")));

    [Fact]
    public async Task an_unsigned_token_is_401()
    {
        var parts = tokens.Mint("contact", ["contacts"], Resident).Split('.');
        var none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{none}.{parts[1]}."));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("no.token.this"));
    }

    [Theory]
    [InlineData("/throws", 500, "internal-error")]
    [InlineData("/nowhere", 404, "not-found")]
    public async Task errors_are_problem_details_that_tell_nothing_of_the_inside(string path, int status, string slug)
    {
        using var client = service.Client;
        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Mint("contact", ["contacts"], Resident));
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("urn:ums:problem:" + slug, body, StringComparison.Ordinal);
        Assert.DoesNotContain("a detail of the inside", body, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var client = service.Client;
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync(new Uri("/mine", UriKind.Relative));
        return answer.StatusCode;
    }

    public sealed class Service : IAsyncLifetime
    {
        private readonly Servers servers = new();
        private TestService service = null!;

        public TestTokens Tokens { get; } = new();

        public HttpClient Client => service.Client;

        public async Task InitializeAsync()
        {
            await servers.InitializeAsync();
            service = await TestService.StartAsync("contacts", servers.Database, servers.Broker, services: Tokens.TrustedBy, routes: app =>
            {
                app.MapGet("/mine", () => "mine").RequireScope(Scopes.Contact);
                app.MapGet("/throws", string () => throw new InvalidOperationException("a detail of the inside")).AllowAnonymous();
            }, waitForBus: false);
        }

        public async Task DisposeAsync()
        {
            await service.DisposeAsync();
            await servers.DisposeAsync();
        }
    }
}
