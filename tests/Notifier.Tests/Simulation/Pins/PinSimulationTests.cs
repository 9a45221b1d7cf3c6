using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

/// <summary>
/// Thousands of PINs, whose requests come twice and by both roads, while processes die or sleep at any await, the database fails or is slow, and providers take and do
/// not say so. A failure names its seed; <see cref="one_run_by_its_seed"/> runs it again, exactly.
/// </summary>
public class PinSimulationTests
{
    [Fact]
    public Task whatever_dies_sleeps_and_fails_no_pin_goes_out_twice_or_late() => SimWorld.AsideAsync(() =>
    {
        for (var seed = 1; seed <= 2_500; seed++)
        {
            new PinRun(seed, strikes: seed % 5).Go();
        }
    });

    [Fact]
    public Task a_crash_at_each_await_in_turn_sends_no_pin_twice() => SimWorld.AsideAsync(() =>
    {
        var interleavings = 0;
        for (var seed = 1; interleavings < 2_500; seed++)
        {
            var steps = new PinRun(seed, strikes: 0).Go();
            for (var step = 1; step <= steps; step++, interleavings++)
            {
                new PinRun(seed, strikes: 0, crashAt: step).Go();
            }
        }
    });

    [Theory]
    [InlineData(1, 3, null)]
    public Task one_run_by_its_seed(int seed, int strikes, int? crashAt) => SimWorld.AsideAsync(() =>
        Assert.Equal(new PinRun(seed, strikes, crashAt).Go(), new PinRun(seed, strikes, crashAt).Go()));
}
