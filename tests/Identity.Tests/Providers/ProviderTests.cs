using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Identity.Providers;
using Ums.Identity.Tests.Operators;
using Ums.Testing;

namespace Ums.Identity.Tests.Providers;

public sealed class ProviderTests(ProviderTests.WithProvider identity) : IClassFixture<ProviderTests.WithProvider>
{
    private const string Address = "/api/organisations/stockholm/provider";

    [Fact]
    public async Task who_was_invited_signs_in_with_the_organisations_account()
    {
        await ConnectAsync();
        await identity.InvitedAsync(identity.Stockholm, "siv@stockholm.example.se", "Siv", "sender");
        Is("subject-of-siv", "Siv@Stockholm.Example.SE");

        var token = new JsonWebToken((await SignInAsync())!);

        Assert.Equal("stockholm", token.GetClaim("organisation_slug").Value);
        Assert.Contains("alert.write", token.GetClaim("scope").Value.Split(' '));
        Is("subject-of-siv", "siv.new.name@stockholm.example.se"); // the subject counts from now on
        Assert.Equal(token.Subject, new JsonWebToken((await SignInAsync())!).Subject);
        using var client = identity.ClientWith((await SignInAsync())!);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/operator/organisation", new { slug = "stromstad", reason = "out of curiosity" })).StatusCode);
    }

    [Fact]
    public async Task a_provider_vouches_for_its_own_organisation_only()
    {
        await ConnectAsync();
        var elsewhere = await identity.JoinedAsync(identity.Stromstad, "administrator");
        Is("a-cuckoo", elsewhere.Email);
        Assert.Equal("okand", await RefusedAsync());

        var staff = await identity.JoinedAsync(null);
        await identity.InvitedAsync(identity.Stockholm, staff.Email, "Staff", "administrator");
        Is("another-cuckoo", staff.Email);
        Assert.Equal("okand", await RefusedAsync());
    }

    [Fact]
    public async Task who_was_not_invited_or_has_been_removed_is_not_let_in()
    {
        await ConnectAsync();
        Is("nobody", "nobody@stockholm.example.se");
        Assert.Equal("okand", await RefusedAsync());

        await identity.InvitedAsync(identity.Stockholm, "unchecked@stockholm.example.se", "U", "reader");
        Is("unchecked", "unchecked@stockholm.example.se", ("email_verified", false));
        Assert.Equal("okand", await RefusedAsync());

        await identity.InvitedAsync(identity.Stockholm, "gone@stockholm.example.se", "Gone", "reader");
        Is("gone", "gone@stockholm.example.se");
        var token = new JsonWebToken((await SignInAsync())!);
        using var admin = await AdministratorAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri($"/api/organisations/stockholm/people/{token.Subject}", UriKind.Relative))).StatusCode);
        Assert.Equal("okand", await RefusedAsync());
    }

    [Fact]
    public async Task an_answer_that_does_not_hold_signs_nobody_in()
    {
        await ConnectAsync();
        await identity.InvitedAsync(identity.Stockholm, "eva@stockholm.example.se", "Eva", "reader");
        Is("eva", "eva@stockholm.example.se");
        var (cookie, back) = await ThereAsync();

        Assert.Equal("gammal", Why(await identity.Client.GetAsync(back))); // another browser
        Assert.Equal("gammal", Why(await BackAsync(new Uri(back.OriginalString.Replace("state=", "state=x", StringComparison.Ordinal), UriKind.Relative), cookie)));
        Assert.Equal("nekad", Why(await BackAsync(new Uri(back.OriginalString.Replace("code=", "code=x", StringComparison.Ordinal), UriKind.Relative), cookie)));
        identity.Provider.ForgetsNonce = true;
        Assert.Equal("nekad", await RefusedAsync());
        identity.Provider.ForgetsNonce = false;
        identity.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("gammal", Why(await BackAsync(back, cookie)));
        Assert.NotNull(await SignInAsync());
    }

    [Fact]
    public async Task an_old_sign_in_at_the_provider_is_not_a_fresh_one_here()
    {
        await ConnectAsync();
        await identity.InvitedAsync(identity.Stockholm, "ola@stockholm.example.se", "Ola", "administrator");
        Is("ola", "ola@stockholm.example.se", ("auth_time", identity.Clock.GetUtcNow().AddHours(-3).ToUnixTimeSeconds()));
        using var stale = identity.ClientWith((await SignInAsync())!);
        Assert.Equal(HttpStatusCode.Forbidden, (await stale.PostAsJsonAsync("/api/organisations/stockholm/invitations", new { email = "x@example.se", name = "X", roles = new[] { "reader" } })).StatusCode);

        Is("ola", "ola@stockholm.example.se", ("auth_time", identity.Clock.GetUtcNow().ToUnixTimeSeconds()));
        using var fresh = identity.ClientWith((await SignInAsync("?prompt=login"))!);
        Assert.Equal(HttpStatusCode.OK, (await fresh.PostAsJsonAsync("/api/organisations/stockholm/invitations", new { email = "x@example.se", name = "X", roles = new[] { "reader" } })).StatusCode);
    }

    [Theory]
    [InlineData("issuer", "not an address")]
    [InlineData("issuer", "ftp://example.se/")]
    [InlineData("issuer", "http://user:pass@127.0.0.1/")]
    [InlineData("issuer", "http://127.0.0.1:9/")]
    [InlineData("issuer", null)]
    [InlineData("clientId", "")]
    [InlineData("secret", "")]
    [InlineData("emailClaim", "name")]
    public async Task a_provider_that_cannot_be_is_refused(string field, string? value)
    {
        using var admin = await AdministratorAsync();
        var wish = new Dictionary<string, string?> { ["issuer"] = identity.Provider.Issuer, ["clientId"] = OidcServer.ClientId, ["secret"] = OidcServer.Secret, ["emailClaim"] = "email" };
        wish[field] = value;
        using var answer = await admin.PutAsJsonAsync(Address, wish);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task the_secret_is_sealed_and_told_to_nobody_and_a_provider_can_go()
    {
        await ConnectAsync();
        using var admin = await AdministratorAsync();
        Assert.DoesNotContain(OidcServer.Secret, await admin.GetStringAsync(Address), StringComparison.Ordinal);
        Assert.DoesNotContain(OidcServer.Secret, await identity.QueryAsync<string>("select string_agg(p::text, ' ') from providers p"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri(Address, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(new Uri(Address, UriKind.Relative))).StatusCode);
        Assert.Equal("ingen", Why(await identity.Client.GetAsync(new Uri("/connect/foreign/stockholm", UriKind.Relative))));
        Assert.Equal("ingen", Why(await identity.Client.GetAsync(new Uri("/connect/foreign/nowhere%F0%9F%98%80", UriKind.Relative))));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("20.190.128.1", false)]
    [InlineData("2603:1026::1", false)]
    public void what_only_we_can_reach_is_not_called(string address, bool inside) => Assert.Equal(inside, ProviderHttp.IsInside(IPAddress.Parse(address)));

    [Fact]
    public async Task a_name_that_leads_inside_is_not_connected_to()
    {
        using var http = new HttpClient(ProviderHttp.Handler(allowInside: false));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(identity.Provider.Issuer)));
    }

    private void Is(string subject, string email, params (string Name, object Value)[] more)
    {
        identity.Provider.Person.Clear();
        (identity.Provider.Person["sub"], identity.Provider.Person["email"]) = (subject, email);
        foreach (var (name, value) in more)
            identity.Provider.Person[name] = value;
    }

    private async Task ConnectAsync()
    {
        using var admin = await AdministratorAsync();
        // The provider is asked within a time limit, and this machine may be busy.
        await Eventually.PassesAsync(async () =>
        {
            using var answer = await admin.PutAsJsonAsync(Address,
                new { issuer = identity.Provider.Issuer, clientId = OidcServer.ClientId, secret = OidcServer.Secret, emailClaim = "email" });
            Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        });
    }

    private async Task<HttpClient> AdministratorAsync() => await (await identity.JoinedAsync(identity.Stockholm, "administrator")).WorkingAsync();

    /// <summary>To the provider and to the door on the way back.</summary>
    private async Task<(string Cookie, Uri Back)> ThereAsync(string query = "")
    {
        using var begun = await identity.Client.GetAsync(new Uri("/connect/foreign/stockholm" + query, UriKind.Relative));
        var cookie = begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var signedIn = await http.GetAsync(begun.Headers.Location);
        return (cookie, new Uri(signedIn.Headers.Location!.PathAndQuery, UriKind.Relative));
    }

    private async Task<HttpResponseMessage> BackAsync(Uri back, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, back);
        request.Headers.Add("Cookie", cookie);
        return await identity.Client.SendAsync(request);
    }

    private async Task<string?> SignInAsync(string query = "")
    {
        var (cookie, back) = await ThereAsync(query);
        using var returned = await BackAsync(back, cookie);
        Assert.StartsWith("/admin/in?tillbaka=", returned.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var ticket = returned.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("__Host-ums-ticket=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
        var person = new Person(identity, "", "");
        return (await (await person.ExchangeAsync(await person.CodeOfAsync(ticket))).Content.ReadFromJsonAsync<Person.Tokens>())!.AccessToken;
    }

    private async Task<string> RefusedAsync()
    {
        var (cookie, back) = await ThereAsync();
        return Why(await BackAsync(back, cookie));
    }

    private static string Why(HttpResponseMessage answer) => (answer.Headers.Location ?? throw new InvalidOperationException($"{answer.StatusCode}")).OriginalString["/admin/logga-in?egen=".Length..];

    public sealed class WithProvider : OperatorsFixture
    {
        public OidcServer Provider { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Provider = await OidcServer.StartAsync(Clock);
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await Provider.DisposeAsync();
        }

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["OperatorProviders:AllowInside"] = "true";
        }
    }
}
