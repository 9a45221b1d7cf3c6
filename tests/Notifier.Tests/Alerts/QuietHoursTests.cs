using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

/// <summary>Whoever looks after alerts here is called by the tests, at a time of theirs.</summary>
public class QuietFixture : AlertFixture
{
    protected override void ConfigureServices(IServiceCollection services)
    {
        base.ConfigureServices(services);
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(KeepAlerts)));
    }

    /// <summary>One look at all alerts, at this moment by the clock in Sweden.</summary>
    public async Task LookAsync(string local)
    {
        var clock = new FakeTimeProvider(At(local));
        await using var scope = Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var store = services.GetRequiredService<IDispatchStore>();
        var keep = new KeepAlerts(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<AlertDefaults>>(), new WindUp(store), services.GetRequiredService<LiveAlerts>(), clock,
            NullLogger<KeepAlerts>.Instance);
        await keep.LookAsync(
            services.GetRequiredService<NotifierDb>(), new StartAlert(Personal), clock.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>An offset decides between the two hours of the same name in an autumn night.</summary>
    public static DateTimeOffset At(string local) => DateTimeOffset.Parse(local, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    public async Task QuietAsync(string from, string to)
    {
        var settings = await DoneAsync(Approver, HttpMethod.Get, "/api/alerts/settings");
        await DoneAsync(Approver, HttpMethod.Put, "/api/alerts/settings", new { quietFrom = from, quietTo = to, textDays = 10, recipientDays = 5, version = settings.GetProperty("version").GetInt32() });
    }
}

public class QuietHoursTests(QuietFixture notifier) : IClassFixture<QuietFixture>
{
    [Theory]
    [InlineData("22:00", "07:00", "2030-01-15T21:59:59+01:00", false)]
    [InlineData("22:00", "07:00", "2030-01-15T22:00:00+01:00", true)]
    [InlineData("22:00", "07:00", "2030-01-16T00:00:00+01:00", true)]
    [InlineData("22:00", "07:00", "2030-01-16T06:59:59+01:00", true)]
    [InlineData("22:00", "07:00", "2030-01-16T07:00:00+01:00", false)]
    [InlineData("22:00", "07:00", "2030-07-15T21:30:00+02:00", false)]
    [InlineData("22:00", "07:00", "2030-07-15T20:30:00+00:00", true)]
    [InlineData("13:00", "14:30", "2030-01-15T14:29:00+01:00", true)]
    [InlineData("13:00", "14:30", "2030-01-15T14:30:00+01:00", false)]
    [InlineData("13:00", "14:30", "2030-01-15T02:00:00+01:00", false)]
    [InlineData("00:00", "00:00", "2030-01-15T00:00:00+01:00", false)]
    [InlineData("12:00", "12:00", "2030-01-15T12:00:00+01:00", false)]
    // The night in spring that has no hour from two to three, and the one in autumn that has it twice.
    [InlineData("02:00", "03:00", "2030-03-31T01:59:59+01:00", false)]
    [InlineData("02:00", "03:00", "2030-03-31T03:00:00+02:00", false)]
    [InlineData("02:00", "03:00", "2030-10-27T02:30:00+02:00", true)]
    [InlineData("02:00", "03:00", "2030-10-27T02:30:00+01:00", true)]
    [InlineData("02:00", "03:00", "2030-10-27T03:00:00+01:00", false)]
    public async Task the_clock_in_sweden_decides_in_code_and_in_the_database(string from, string to, string at, bool quiet)
    {
        Assert.Equal(quiet, QuietHours.Hold(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), QuietHours.Local(QuietFixture.At(at))));

        await notifier.QuietAsync(from, to);
        var id = await notifier.ApprovedAsync(AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddDays(30)));
        await notifier.LookAsync(at);

        var alert = await notifier.AlertAsync(id);
        Assert.Equal((quiet, quiet ? "approved" : "resolving"), (alert.GetProperty("held").GetBoolean(), alert.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task an_alert_is_held_over_the_night_and_begins_in_the_morning()
    {
        await notifier.QuietAsync("22:00", "07:00");
        var id = await notifier.ApprovedAsync(AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddHours(1)));
        await notifier.LookAsync("2030-01-15T23:00:00+01:00");
        await notifier.LookAsync("2030-01-16T06:59:00+01:00");
        Assert.Empty(notifier.Bus.Published<ResolveAudience>(asked => asked.AlertId == id));

        await notifier.LookAsync("2030-01-16T07:00:00+01:00");

        await notifier.Bus.PublishedAsync<ResolveAudience>(asked => asked.AlertId == id);
        Assert.False((await notifier.AlertAsync(id)).GetProperty("held").GetBoolean());
    }

    [Fact]
    public async Task danger_to_life_is_not_held()
    {
        await notifier.QuietAsync("22:00", "07:00");
        var danger = await notifier.ApprovedAsync(AlertFixture.Draft(dangerToLife: true, sendAt: DateTimeOffset.UtcNow.AddHours(1)));
        await notifier.LookAsync("2030-01-15T23:00:00+01:00");
        await notifier.Bus.PublishedAsync<ResolveAudience>(asked => asked.AlertId == danger);
    }

    /// <summary>By the service's own clock, whatever that says just now.</summary>
    [Fact]
    public async Task what_is_approved_in_quiet_hours_waits_and_what_saves_lives_or_is_a_test_does_not()
    {
        var now = QuietHours.Local(DateTimeOffset.UtcNow);
        await notifier.QuietAsync($"{now.AddHours(-1):HH\\:mm}", $"{now.AddHours(1):HH\\:mm}");
        var held = await notifier.ApprovedAsync();
        var danger = await notifier.ApprovedAsync(AlertFixture.Draft(dangerToLife: true));
        Assert.Equal(("approved", true), await StateAsync(held));
        Assert.Equal(("resolving", false), await StateAsync(danger));

        var testers = AlertFixture.People(1);
        var test = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{held}/test", new { phones = new[] { testers[0].Phone } });
        await notifier.LookAsync($"{DateTimeOffset.UtcNow:O}");
        await notifier.CountsBecomeAsync(test.GetProperty("id").GetGuid(), counts => counts.Accepted == 1);
        Assert.Equal(("approved", true), await StateAsync(held));

        // Held in the midst of sending too: who has not gone does not go.
        var people = AlertFixture.People(3);
        await notifier.ExecuteAsync("update alerts set held = true where id = $1", danger);
        await notifier.AnswerAsync(danger, people);
        await notifier.CountsBecomeAsync(danger, counts => counts.Waiting == 3);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Empty(notifier.Sent(people));
        await notifier.ExecuteAsync("update alerts set held = false where id = $1", danger);
        await notifier.CountsBecomeAsync(danger, counts => counts.Accepted == 3);

        var edited = await notifier.DoneAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{held}", AlertFixture.Draft(), (await notifier.AlertAsync(held)).GetProperty("version").GetInt32());
        Assert.False(edited.GetProperty("held").GetBoolean());
    }

    [Fact]
    public async Task an_alert_starts_at_its_time_and_not_before()
    {
        await notifier.QuietAsync("00:00", "00:00");
        var at = DateTimeOffset.UtcNow.AddDays(1);
        var id = await notifier.ApprovedAsync(AlertFixture.Draft(sendAt: at));
        await notifier.LookAsync($"{at.AddMilliseconds(-1):O}");
        Assert.Equal("approved", (await StateAsync(id)).State);
        Assert.Empty(notifier.Bus.Published<ResolveAudience>(asked => asked.AlertId == id));

        await notifier.LookAsync($"{at:O}");

        Assert.Equal("resolving", (await StateAsync(id)).State);
        await notifier.Bus.PublishedAsync<ResolveAudience>(asked => asked.AlertId == id);
        await notifier.LookAsync($"{at.AddSeconds(1):O}");
        Assert.Single(notifier.Bus.MessageIds<ResolveAudience>(asked => asked.AlertId == id).Distinct());
        // Of which nothing comes for half a minute, Contacts is asked again.
        await notifier.LookAsync($"{at.AddSeconds(31):O}");
        await Eventually.TrueAsync(() => notifier.Bus.MessageIds<ResolveAudience>(asked => asked.AlertId == id).Distinct().Count() == 2);
    }

    private async Task<(string? State, bool Held)> StateAsync(Guid id)
    {
        var alert = await notifier.AlertAsync(id);
        return (alert.GetProperty("state").GetString(), alert.GetProperty("held").GetBoolean());
    }
}
