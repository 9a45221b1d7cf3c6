using Ums.Local.Processes;
using Ums.Testing;
using Xunit;

namespace Ums.Local.Tests.Processes;

public class SupervisedTests
{
    [Fact]
    public async Task what_dies_is_started_again_with_a_pause()
    {
        var told = new List<string>();
        await using var sleeper = Supervise("sleep 1000", (resource, reason) => told.Add($"{resource.State} {reason}"));
        sleeper.Start();
        await sleeper.Ready;
        var first = sleeper.Process;

        sleeper.Kill();

        // A moment after its death it has no process, and has not been told of it yet.
        await Eventually.TrueAsync(() => sleeper is { State: State.Running, Restarts: 1, Process: not null });
        Assert.NotEqual(first, sleeper.Process);
        Assert.Contains(told, line => line.Contains("ended with code 137; starting again in 0.5 s", StringComparison.Ordinal));
    }

    [Fact]
    public void pauses_double_up_to_half_a_minute() =>
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 8).Select(failures => Supervised.Pause(failures).TotalSeconds));

    [Fact]
    public async Task stopping_ends_the_whole_group_and_a_stubborn_process_is_killed()
    {
        var stubborn = new Command("bash", "-c", "trap '' TERM; sleep 1001 & sleep 1002; sleep 1003") { StopTimeout = TimeSpan.FromMilliseconds(300) };
        await using var group = new Supervised("stubborn", "", () => Task.FromResult(stubborn), _ => Task.FromResult(true));
        group.Start();
        await group.Ready;
        var leader = group.Process!.Value;

        await group.StopAsync();

        Assert.Equal(State.Stopped, group.State);
        await Eventually.TrueAsync(() => !Signals.SendToGroup(leader, Signal.None));
    }

    [Fact]
    public async Task what_never_starts_is_counted()
    {
        await using var hopeless = Supervise("exit 3", isReady: false);
        hopeless.Start();
        await Eventually.TrueAsync(() => hopeless.FailedStarts >= 2);
    }

    [Fact]
    public async Task it_can_be_stopped_and_started_again()
    {
        await using var sleeper = Supervise("sleep 1000");
        sleeper.Start();
        await sleeper.Ready;
        await sleeper.StopAsync();
        Assert.Null(sleeper.Process);

        sleeper.Start();
        await sleeper.Ready;

        Assert.NotNull(sleeper.Process);
    }

    private static Supervised Supervise(string script, Action<Supervised, string?>? changed = null, bool isReady = true) =>
        new("sleeper", "", () => Task.FromResult(new Command("bash", "-c", script)), _ => Task.FromResult(isReady)) { Changed = changed ?? ((_, _) => { }) };
}
