using System.Net;
using System.Net.Http.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ums.Identity.Tests.Tokens;

public sealed class ClientTests(ClientTests.WithClient identity) : IClassFixture<ClientTests.WithClient>
{
    private const string Secret = "a-secret-of-some-length";

    [Theory]
    [InlineData("gateway", "session.check", "identity")]
    [InlineData("contacts", "address.read address.match", "geocoding")]
    [InlineData("contacts", "organisation.read", "identity")]
    [InlineData("notifier", "organisation.read", "identity")]
    public async Task our_services_get_tokens_for_what_they_call(string service, string scope, string audience)
    {
        var token = await TokenAsync(service, "test-secret-of-" + service, scope);

        Assert.Equal((service, scope), (token.Subject, token.GetClaim("scope").Value));
        Assert.Equal([audience], token.Audiences);
    }

    [Fact]
    public async Task a_client_that_names_no_scope_gets_all_of_its_own() =>
        Assert.Equal(["address.match", "address.read", "alert.write"], (await TokenAsync("other-system", Secret, null)).GetClaim("scope").Value.Split(' ').Order());

    [Fact]
    public async Task a_scope_opens_the_service_that_it_is_for() =>
        Assert.Equal(["notifier"], (await TokenAsync("other-system", Secret, "alert.write")).Audiences);

    [Fact]
    public async Task a_client_bound_to_an_organisation_carries_it() =>
        Assert.Equal(identity.Bound.ToString(), (await TokenAsync("other-system", Secret, "address.read")).GetClaim("organisation").Value);

    [Theory]
    [InlineData("notifier", "session.check")]
    [InlineData("other-system", "session.check")]
    [InlineData("other-system", "address.import")]
    [InlineData("contacts", "address.import")]
    [InlineData("contacts", "alert.write")]
    [InlineData("gateway", "contact")]
    [InlineData("gateway", "phone.proof")]
    [InlineData("gateway", "everything")]
    public async Task a_scope_that_is_not_the_clients_is_refused(string client, string scope)
    {
        using var response = await Clients.AskAsync(identity.Client, client, client == "other-system" ? Secret : "test-secret-of-" + client, scope);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task sessions_are_checked_for_the_gateway_only()
    {
        var address = new Uri($"/internal/sessions/{Guid.CreateVersion7()}", UriKind.Relative);
        using var notifier = await Clients.OfServiceAsync(identity, "notifier", "organisation.read");
        using var stranger = identity.ClientWith((await TokenAsync("other-system", Secret, "address.read")).EncodedToken);
        var resident = Browser.Elsewhere(identity);
        await resident.SignInAsync(identity.NewPhone());

        Assert.Equal(HttpStatusCode.Unauthorized, (await identity.Client.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await resident.SendAsync(HttpMethod.Get, address.OriginalString)).StatusCode);
    }

    [Fact]
    public async Task secrets_are_not_in_the_database()
    {
        var rows = await identity.QueryAsync<string>("select string_agg(a::text, ' ') from openiddict_applications a");

        Assert.Contains("gateway", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("test-secret-of", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task issued_tokens_are_not_in_the_database()
    {
        await TokenAsync("gateway", "test-secret-of-gateway", "session.check");

        Assert.Equal(0, await identity.QueryAsync<long>("select count(*) from openiddict_tokens"));
    }

    private async Task<JsonWebToken> TokenAsync(string client, string secret, string? scope)
    {
        using var response = await Clients.AskAsync(identity.Client, client, secret, scope);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return new JsonWebToken((await response.Content.ReadFromJsonAsync<TokenAnswer>())!.AccessToken);
    }

    public sealed class WithClient : IdentityFixture
    {
        private bool begun;

        public Guid Bound { get; private set; }

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Bound = Guid.CreateVersion7();
            await AddOrganisationAsync(Bound, "bound", norwegian: false);
            begun = true;
            await StartReplicaAsync();
        }

        /// <summary>The replica that starts second finds the client in its configuration, and the organisation that it is bound to.</summary>
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            if (!begun)
                return;
            settings["ApiClients:External:other-system:Secret"] = Secret;
            settings["ApiClients:External:other-system:Scopes"] = "address.read address.match alert.write";
            settings["ApiClients:External:other-system:Organisation"] = "bound";
        }
    }
}
