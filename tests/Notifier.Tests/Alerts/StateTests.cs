using System.Net;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Tests.Alerts;

/// <summary>Every action in every state, against a table written by hand.</summary>
public class StateTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly Dictionary<string, (AlertState Next, AlertState[] From)> Allowed = new()
    {
        ["edit"] = (AlertState.Draft, [AlertState.Draft, AlertState.Submitted, AlertState.Approved]),
        ["submit"] = (AlertState.Submitted, [AlertState.Draft]),
        ["approve"] = (AlertState.Approved, [AlertState.Submitted]),
        ["cancel"] = (AlertState.Cancelled, [AlertState.Submitted, AlertState.Approved, AlertState.Resolving, AlertState.Sending]),
    };

    private static readonly AlertState[] Begun = [AlertState.Resolving, AlertState.Sending, AlertState.Completed, AlertState.Cancelled];

    public static TheoryData<string, AlertState> Combinations
    {
        get
        {
            var all = new TheoryData<string, AlertState>();
            foreach (var action in Allowed.Keys.Append("correction"))
            {
                foreach (var state in Enum.GetValues<AlertState>())
                    all.Add(action, state);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task an_action_is_allowed_or_a_conflict_as_the_table_says(string action, AlertState state)
    {
        var id = await InAsync(state);
        var version = (await notifier.AlertAsync(id)).GetProperty("version").GetInt32();
        var (method, path, body, token) = action switch
        {
            "edit" => (HttpMethod.Put, "", AlertFixture.Draft(sms: "Ändrad."), notifier.Writer),
            "approve" => (HttpMethod.Post, "/approve", new { recipients = 4 }, notifier.Approver),
            "correction" => (HttpMethod.Post, "/correction", new { sms = "Falskt alarm." }, notifier.Writer),
            _ => (HttpMethod.Post, $"/{action}", (object?)null, notifier.Writer),
        };

        var (status, problem) = await notifier.SendAsync(token, method, $"/api/alerts/{id}{path}", body, version);

        var allowed = action == "correction" ? Begun.Contains(state) : Allowed[action].From.Contains(state);
        if (action != "correction")
            Assert.Equal(allowed, state.MayBecome(Allowed[action].Next));
        if (allowed)
        {
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{status} {problem}");
            return;
        }
        Assert.Equal((HttpStatusCode.Conflict, "urn:ums:problem:alert-state"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(state.ToString(), problem.GetProperty("state").GetString(), ignoreCase: true);
        Assert.Equal(version, (await notifier.AlertAsync(id)).GetProperty("version").GetInt32());
    }

    [Fact]
    public void nothing_follows_what_is_final_and_everything_else_can_end()
    {
        foreach (var state in Enum.GetValues<AlertState>())
        {
            var next = Enum.GetValues<AlertState>().Where(after => state.MayBecome(after)).ToList();
            Assert.Equal(state.IsFinal(), next.Count == 0);
            Assert.True(state is AlertState.Draft || state.IsFinal() || next.Contains(AlertState.Cancelled));
        }
    }

    private static string Word(AlertState state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{state}");

    private async Task<Guid> InAsync(AlertState state)
    {
        // Its time is far ahead, so that nobody but the test starts it.
        var id = await notifier.WriteAsync(AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddDays(2)));
        notifier.Count = () => AlertFixture.Counted(4, 0);
        if (state == AlertState.Draft)
            return id;
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        await notifier.ExecuteAsync("""
            update alerts set state = $2, started_at = case when $3 then now() end, heard_at = case when $3 then now() end, expires_at = case when $3 then now() + interval '1 hour' end,
                ended_at = case when $2 in ('completed', 'cancelled') then now() end
            where id = $1
            """, id, Word(state), Begun.Contains(state));
        return id;
    }
}
