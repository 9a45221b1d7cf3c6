using System.Net;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Tests.Alerts;

public class SettingsTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private const string Path = "/api/alerts/settings";

    [Fact]
    public async Task an_organisation_decides_and_the_next_who_looks_sees_it()
    {
        var token = TokenOf(Guid.CreateVersion7());
        var usual = await notifier.DoneAsync(token, HttpMethod.Get, Path);
        Assert.Equal((new AlertDefaults().TextDays, 0), (usual.GetProperty("textDays").GetInt32(), usual.GetProperty("version").GetInt32()));

        await notifier.DoneAsync(token, HttpMethod.Put, Path, Settings());

        var decided = await notifier.DoneAsync(token, HttpMethod.Get, Path);
        Assert.Equal("""{"quietFrom":"21:30:00","quietTo":"06:15:00","textDays":90,"recipientDays":14,"version":1,"codeStyle":"place","codePlace":null}""", decided.GetRawText());
        Assert.Equal(0, (await notifier.DoneAsync(TokenOf(Guid.CreateVersion7()), HttpMethod.Get, Path)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task of_two_editors_the_second_is_told_also_where_both_are_the_first()
    {
        var token = TokenOf(Guid.CreateVersion7());
        for (var version = 0; version < 3; version++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => notifier.SendAsync(token, HttpMethod.Put, Path, Settings(version: version))));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        }
        Assert.Equal(3, (await notifier.DoneAsync(token, HttpMethod.Get, Path)).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("22:00", "07:00", 0, 30)]
    [InlineData("22:00", "07:00", 3651, 30)]
    [InlineData("22:00", "07:00", 30, -1)]
    [InlineData("22:00", "07:00", 30, 3651)]
    [InlineData("24:00", "07:00", 30, 30)]
    [InlineData("22:00", "late", 30, 30)]
    [InlineData("-01:00", "07:00", 30, 30)]
    [InlineData(null, "07:00", 30, 30)]
    public async Task bad_settings_are_refused_and_nothing_is_kept(string? from, string? to, int texts, int recipients)
    {
        var token = TokenOf(Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(token, HttpMethod.Put, Path, new { quietFrom = from, quietTo = to, textDays = texts, recipientDays = recipients, version = 0 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(token, HttpMethod.Put, Path)).Status);
        Assert.Equal(0, (await notifier.DoneAsync(token, HttpMethod.Get, Path)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task who_only_writes_alerts_does_not_decide() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(notifier.Writer, HttpMethod.Put, Path, Settings())).Status);

    private string TokenOf(Guid organisation) => notifier.Tokens.Client("approver", "alert.read alert.approve", "notifier", organisation);

    private static object Settings(int version = 0) => new { quietFrom = "21:30", quietTo = "06:15", textDays = 90, recipientDays = 14, version };
}
