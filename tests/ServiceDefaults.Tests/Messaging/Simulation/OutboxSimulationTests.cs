using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>
/// Thousands of outboxes, whose relays die, sleep and are stopped at any await, whose database fails or is slow, and whose broker is away, refuses, returns, confirms
/// late or never. A failure names its seed; <see cref="one_run_by_its_seed"/> runs it again, exactly.
/// </summary>
public class OutboxSimulationTests
{
    [Fact]
    public Task whatever_dies_sleeps_and_fails_every_message_leaves_and_none_is_deleted_before_its_confirm() => SimWorld.AsideAsync(() =>
    {
        for (var seed = 1; seed <= 4_000; seed++)
        {
            new OutboxRun(seed, strikes: seed % 5).Go();
        }
    });

    [Fact]
    public Task a_crash_at_each_await_in_turn_loses_no_message() => SimWorld.AsideAsync(() =>
    {
        var interleavings = 0;
        for (var seed = 1; interleavings < 4_000; seed++)
        {
            var steps = new OutboxRun(seed, strikes: 0).Go();
            for (var step = 1; step <= steps; step++, interleavings++)
            {
                new OutboxRun(seed, strikes: 0, crashAt: step).Go();
            }
        }
    });

    [Theory]
    [InlineData(1, 3, null)]
    public Task one_run_by_its_seed(int seed, int strikes, int? crashAt) => SimWorld.AsideAsync(() =>
        Assert.Equal(new OutboxRun(seed, strikes, crashAt).Go(), new OutboxRun(seed, strikes, crashAt).Go()));
}
