using Microsoft.Extensions.Time.Testing;
using Ums.Notifier.Providers.Pacing;

namespace Ums.Notifier.Tests.Providers.Routing;

public class PaceTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void a_burst_leaves_at_once_and_then_the_rate_holds()
    {
        var pace = new Pace(10, clock);

        Assert.Equal(64, Leave(pace, 1000));
        Assert.Equal(10, LeaveAfter(pace, TimeSpan.FromSeconds(1)));
        Assert.Equal(60, LeaveAfter(pace, TimeSpan.FromSeconds(6)));
        Assert.Equal(64, LeaveAfter(pace, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void without_a_rate_nobody_waits() => Assert.Equal(100_000, Leave(new Pace(null, clock), 100_000));

    [Fact]
    public async Task a_pin_never_waits_and_the_others_wait_for_it()
    {
        var pace = new Pace(10, clock);
        pace.Spend(64 + 20);

        var other = pace.WaitAsync(1, default);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(other.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await other.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task who_gives_up_returns_what_it_had_taken()
    {
        var pace = new Pace(10, clock);
        pace.Spend(64);
        using var impatient = new CancellationTokenSource();
        var waiting = pace.WaitAsync(50, impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, Leave(pace, 10));
    }

    [Fact]
    public async Task more_at_once_than_the_bucket_holds_leave_when_it_is_full()
    {
        var pace = new Pace(10, clock);

        Assert.True(pace.WaitAsync(500, default).IsCompleted);
        var next = pace.WaitAsync(1, default);
        clock.Advance(TimeSpan.FromSeconds(43));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void too_many_halves_the_rate_once_a_second_and_it_comes_back_slowly()
    {
        var pace = new Pace(100, clock);

        for (var i = 0; i < 50; i++)
        {
            pace.SlowDown();
        }
        Assert.Equal(50, pace.Rate);
        clock.Advance(TimeSpan.FromSeconds(1));
        pace.SlowDown();
        Assert.Equal(27.5, pace.Rate, 3);

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(47.5, pace.Rate, 3);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(100, pace.Rate, 3);
    }

    [Fact]
    public void a_rate_never_falls_to_nothing()
    {
        var pace = new Pace(100, clock);
        for (var i = 0; i < 100; i++)
        {
            pace.SlowDown();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(pace.Rate, 0.5, 15);
    }

    [Fact]
    public void where_no_contract_says_it_the_provider_does_and_is_tried_again()
    {
        var pace = new Pace(null, clock);
        for (var i = 0; i < 100; i++)
        {
            pace.Spend(20);
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        pace.SlowDown();

        // Two hundred a second were too many.
        Assert.InRange(pace.Rate, 80, 120);
        Assert.Equal(0, Leave(pace, 10));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(double.PositiveInfinity, pace.Rate);
    }

    private int LeaveAfter(Pace pace, TimeSpan time)
    {
        clock.Advance(time);
        return Leave(pace, 10_000);
    }

    /// <summary>How many of so many need not wait; the first that would takes its place back.</summary>
    private static int Leave(Pace pace, int many)
    {
        for (var left = 0; left < many; left++)
        {
            using var now = new CancellationTokenSource();
            var waiting = pace.WaitAsync(1, now.Token);
            if (!waiting.IsCompleted)
            {
                now.Cancel();
                // Until it has given its place back.
                ((IAsyncResult)waiting).AsyncWaitHandle.WaitOne();
                return left;
            }
        }
        return many;
    }
}
