using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>
/// Thousands of alerts' lives, in which processes die or sleep at any await, databases and providers fail, receipts are lost, doubled and early, and people cancel.
/// A failure names its seed; <see cref="one_run_by_its_seed"/> runs it again, exactly.
/// </summary>
public class DispatchSimulationTests
{
    [Fact]
    public Task whatever_dies_sleeps_and_fails_nobody_is_lost_doubled_uncounted_or_moved_back() => SimWorld.AsideAsync(() =>
    {
        for (var seed = 1; seed <= 5_000; seed++)
        {
            new SimRun(seed, crashes: seed % 5).Go();
        }
    });

    [Fact]
    public Task a_crash_at_each_await_in_turn_loses_nobody() => SimWorld.AsideAsync(() =>
    {
        var interleavings = 0;
        for (var seed = 1; interleavings < 5_500; seed++)
        {
            var steps = new SimRun(seed, crashes: 0).Go();
            for (var step = 1; step <= steps; step++, interleavings++)
            {
                new SimRun(seed, crashes: 0, crashAt: step).Go();
            }
        }
    });

    [Theory]
    [InlineData(1, 3, null)]
    public Task one_run_by_its_seed(int seed, int crashes, int? crashAt) => SimWorld.AsideAsync(() =>
        Assert.Equal(new SimRun(seed, crashes, crashAt).Go(), new SimRun(seed, crashes, crashAt).Go()));
}
