using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Providers;

public class GuardedProviderTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly ScriptedProvider provider = new("scripted");

    [Fact]
    public async Task a_provider_that_keeps_failing_is_left_alone_and_then_tried_again()
    {
        var guarded = Guarded();
        provider.Answers(Phone, [.. Enumerable.Repeat(new ProviderAnswer.Unknown("server-error"), 4)]);
        for (var i = 0; i < 4; i++)
        {
            Assert.IsType<ProviderAnswer.Unknown>(await SendAsync(guarded));
        }

        Assert.Equal(new ProviderAnswer.NotSent("provider-paused", Again: true), await SendAsync(guarded));
        Assert.Equal(4, provider.Ledger.Count);

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(guarded));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(guarded));
    }

    [Fact]
    public async Task refused_numbers_do_not_open_the_breaker()
    {
        var guarded = Guarded();
        provider.Answers(Phone, [.. Enumerable.Repeat(new ProviderAnswer.NotSent("invalid-number", Again: false), 20)]);
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(guarded);
        }

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(guarded));
    }

    [Fact]
    public async Task a_call_that_takes_too_long_has_an_unknown_outcome()
    {
        var guarded = Guarded();
        provider.Answers(Phone, () => new TaskCompletionSource<ProviderAnswer>().Task);

        var sending = SendAsync(guarded);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new ProviderAnswer.Unknown("timeout"), await sending);
    }

    [Fact]
    public async Task a_provider_that_throws_has_an_unknown_outcome()
    {
        var guarded = Guarded();
        provider.Answers(Phone, () => throw new InvalidOperationException());

        Assert.Equal(new ProviderAnswer.Unknown("fault"), await SendAsync(guarded));
    }

    [Fact]
    public async Task who_waits_for_its_turn_waits_for_a_provider_that_asked_for_silence_or_is_paused()
    {
        var guarded = Guarded();
        provider.QuietUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(3);
        await AssertWaitsAsync(guarded, TimeSpan.FromSeconds(3));

        provider.Answers(Phone, [.. Enumerable.Repeat(new ProviderAnswer.Unknown("server-error"), 4)]);
        for (var i = 0; i < 4; i++)
        {
            await SendAsync(guarded);
        }
        Assert.True(guarded.IsPaused);
        await AssertWaitsAsync(guarded, TimeSpan.FromSeconds(5));
        Assert.False(guarded.IsPaused);
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(guarded));
    }

    [Fact]
    public async Task only_what_the_provider_saw_slows_it_down()
    {
        var guarded = Guarded(rate: 100);
        provider.Answers(Phone, [.. Enumerable.Repeat(ProviderAnswer.TooMany, 3)]);
        await SendAsync(guarded);
        Assert.Equal(50, guarded.Rate);

        provider.QuietUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(10);
        clock.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(guarded);
        Assert.Equal(60, guarded.Rate, 3);
    }

    private async Task AssertWaitsAsync(GuardedProvider guarded, TimeSpan time)
    {
        var waiting = guarded.PaceAsync(1, default);
        clock.Advance(time - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private const string Phone = "+46701740605";

    private GuardedProvider Guarded(double? rate = null)
    {
        var options = new ProviderOptions { BreakerThroughput = 4 };
        if (rate is { } known)
        {
            options.Rates[provider.Name] = known;
        }
        return new GuardedProvider(provider, options, clock, NullLogger<GuardedProvider>.Instance);
    }

    private static Task<ProviderAnswer> SendAsync(GuardedProvider guarded) => guarded.SendAsync(ProviderContract.Message(Phone, Channel.Sms), CancellationToken.None);
}
