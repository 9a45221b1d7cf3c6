using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Ums.Identity.Tests.Operators;

/// <summary>Identity with a first administrator's link that nobody has followed yet; passwords cost little.</summary>
public class OperatorsFixture : IdentityFixture
{
    private int people;

    public string FirstLinkFile { get; } = Path.Combine(Path.GetTempPath(), $"ums-first-{Guid.NewGuid():N}");

    /// <summary>The link that the start has left.</summary>
    public async Task<string> FirstTokenAsync() => TokenOf((await File.ReadAllTextAsync(FirstLinkFile)).Trim());

    public static string TokenOf(string link) => link[(link.LastIndexOf('/') + 1)..];

    /// <summary>What the gateway's pages call.</summary>
    public async Task<HttpResponseMessage> PageAsync(string path, object body, string network = "192.0.2.7", string? browser = null)
    {
        using var gateway = await Clients.OfServiceAsync(this, "gateway", "operator.sign-in");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Forwarded-For", network);
        if (browser is not null)
            request.Headers.Add("Cookie", $"__Host-ums-browser={browser}");
        return await gateway.SendAsync(request);
    }

    /// <summary>Somebody new who belongs to an organisation, or to UMS.</summary>
    public async Task<Person> JoinedAsync(Guid? organisation, params string[] roles)
    {
        var n = Interlocked.Increment(ref people);
        return await FollowAsync(await InvitedAsync(organisation, $"person{n}@example.se", $"Person {n}", roles), $"person{n}@example.se");
    }

    /// <summary>An invitation, as if an administrator had made it.</summary>
    public async Task<string> InvitedAsync(Guid? organisation, string email, string name, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.Get<IdentityDb>();
        var invitations = scope.Get<Identity.Operators.Invitations>();
        return TokenOf(await db.AcrossOrganisationsAsync(_ => Task.FromResult(invitations.Add(organisation, email, name, roles).Link), CancellationToken.None));
    }

    /// <summary>Follows a link and sets a password and an authenticator.</summary>
    public async Task<Person> FollowAsync(string token, string email, string name = "Någon")
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        using var read = await PageAsync("invitations/read", new { token });
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var secret = (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
        var person = new Person(this, email, secret);
        using var accepted = await PageAsync("invitations/accept", new { token, email, name, password = Person.Password, code = person.Code() });
        Assert.True(accepted.StatusCode == HttpStatusCode.OK, await accepted.Content.ReadAsStringAsync());
        person.RecoveryCodes = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("recoveryCodes").Deserialize<string[]>()!;
        return person;
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Operators:PasswordWork"] = "1000";
        settings["Operators:FirstLinkFile"] = FirstLinkFile;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(FirstLinkFile);
    }
}
