using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ums.Identity.Tests.Operators;

public sealed class FirstAdministratorTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    [Fact]
    public async Task the_first_start_leaves_a_link_that_makes_one_administrator()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(identity.FirstLinkFile));
        var token = await identity.FirstTokenAsync();
        await RefusedAsync(new { token, email = "no address", name = "", password = "kort", code = "12345" }, "email", "name", "password", "code");
        await RefusedAsync(new { token, email = "first@example.se", name = "Först", password = "first-first-first", code = "000000" }, "password", "code");

        var first = await identity.FollowAsync(token, "first@example.se", "Först");

        Assert.Equal(HttpStatusCode.NotFound, (await identity.PageAsync("invitations/read", new { token })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await identity.PageAsync("invitations/accept", new { token })).StatusCode);
        var session = new JsonWebToken((await first.SignInAsync()).AccessToken);
        Assert.Equal("true", session.GetClaim("staff").Value);
        Assert.False(session.TryGetClaim("organisation", out _));
        await identity.StartReplicaAsync();
        Assert.False(File.Exists(identity.FirstLinkFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(null)]
    public async Task a_link_that_never_was_opens_nothing(string? token)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await identity.PageAsync("invitations/read", new { token })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await identity.PageAsync("invitations/accept", new { token })).StatusCode);
    }

    private async Task RefusedAsync(object body, params string[] fields)
    {
        using var answer = await identity.PageAsync("invitations/accept", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(fields.Order(), (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }
}
