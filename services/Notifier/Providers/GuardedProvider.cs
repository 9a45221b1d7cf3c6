using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Ums.Notifier.Providers.Pacing;

namespace Ums.Notifier.Providers;

/// <summary>A provider behind its timeout and circuit breaker. It never throws: whatever goes wrong is one of the three answers.</summary>
internal sealed partial class GuardedProvider
{
    private readonly IMessageProvider provider;
    private readonly ILogger<GuardedProvider> log;
    private readonly TimeProvider clock;
    private readonly Pace pace;
    private readonly TimeSpan pause;
    private readonly ResiliencePipeline<ProviderAnswer> pipeline;
    private long pausedUntil;

    public GuardedProvider(IMessageProvider provider, ProviderOptions options, TimeProvider clock, ILogger<GuardedProvider> log)
    {
        (this.provider, this.clock, this.log, pause) = (provider, clock, log, options.BreakerPause);
        pace = new Pace(options.Rates.TryGetValue(provider.Name, out var rate) ? rate : null, clock);
        Failures = new RollingShare(clock, options.Window);
        pipeline = new ResiliencePipelineBuilder<ProviderAnswer> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ProviderAnswer>
            {
                ShouldHandle = new PredicateBuilder<ProviderAnswer>()
                    .Handle<Exception>()
                    .HandleResult(answer => answer is ProviderAnswer.Unknown or ProviderAnswer.NotSent { Again: true }),
                FailureRatio = options.BreakerRatio,
                MinimumThroughput = options.BreakerThroughput,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerPause,
                OnOpened = _ => Pause(),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    public string Name => provider.Name;

    /// <summary>Its breaker is open. Once the pause is over a call may try whether it is well again.</summary>
    public bool IsPaused => clock.GetUtcNow().UtcTicks < Volatile.Read(ref pausedUntil);

    /// <summary>Calls of late that went wrong by the provider's doing.</summary>
    public RollingShare Failures { get; }

    /// <summary>Messages a second that it is given at most, as things are; infinite where nothing limits them.</summary>
    public double Rate => pace.Rate;

    public bool Carries(Channel channel) => provider.Carries(channel);

    /// <inheritdoc cref="IMessageProvider.ReportsByReference"/>
    public bool ReportsByReference => provider.ReportsByReference;

    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) => provider.ReadReceiptAsync(request, cancellationToken);

    /// <summary>
    /// Waits until the contract's rate allows so many messages more, and the provider neither is paused nor has asked for silence: what is given to it before comes
    /// back at once, and a message's few attempts would be gone in no time. PINs do not wait: they <see cref="Spend"/>.
    /// </summary>
    public async Task PaceAsync(int messages, CancellationToken cancellationToken)
    {
        await pace.WaitAsync(messages, cancellationToken);
        for (var wait = Silence(); wait > TimeSpan.Zero; wait = Silence())
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>Counts messages that go at once, whatever the rate: the others wait for them.</summary>
    public void Spend(int messages) => pace.Spend(messages);

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var wasQuiet = clock.GetUtcNow() < provider.QuietUntil;
        var answer = await GuardAsync(message, cancellationToken);
        if (answer == ProviderAnswer.TooMany)
        {
            // What it never saw says nothing about what it takes.
            if (!wasQuiet)
            {
                pace.SlowDown();
            }
        }
        else if (answer != Paused)
        {
            Failures.Count(answer is ProviderAnswer.Unknown or ProviderAnswer.NotSent { Again: true });
        }
        return answer;
    }

    private async Task<ProviderAnswer> GuardAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await provider.SendAsync(message, token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return Paused;
        }
        catch (TimeoutRejectedException)
        {
            return new ProviderAnswer.Unknown("timeout");
        }
        catch (Exception e)
        {
            // The type only: a client's exception may quote the request.
            Threw(log, provider.Name, message.AttemptId, e.GetType().Name);
            return new ProviderAnswer.Unknown("fault");
        }
    }

    private static readonly ProviderAnswer Paused = new ProviderAnswer.NotSent("provider-paused", Again: true);

    /// <summary>How long it is still to be left alone.</summary>
    private TimeSpan Silence()
    {
        var until = Math.Max(Volatile.Read(ref pausedUntil), provider.QuietUntil.UtcTicks);
        return TimeSpan.FromTicks(Math.Max(until - clock.GetUtcNow().UtcTicks, 0));
    }

    private ValueTask Pause()
    {
        Volatile.Write(ref pausedUntil, (clock.GetUtcNow() + pause).UtcTicks);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Error, "Provider {Provider} threw at attempt {AttemptId}: {Exception}")]
    private static partial void Threw(ILogger logger, string provider, Guid attemptId, string exception);
}
