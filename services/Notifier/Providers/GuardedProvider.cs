using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Ums.Notifier.Providers;

/// <summary>A provider behind its timeout and circuit breaker. It never throws: whatever goes wrong is one of the three answers.</summary>
internal sealed partial class GuardedProvider
{
    private readonly IMessageProvider provider;
    private readonly ILogger<GuardedProvider> log;
    private readonly ResiliencePipeline<ProviderAnswer> pipeline;

    public GuardedProvider(IMessageProvider provider, ProviderOptions options, TimeProvider clock, ILogger<GuardedProvider> log)
    {
        (this.provider, this.log) = (provider, log);
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
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    public string Name => provider.Name;

    public bool Carries(Channel channel) => provider.Carries(channel);

    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) => provider.ReadReceiptAsync(request, cancellationToken);

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await provider.SendAsync(message, token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return new ProviderAnswer.NotSent("provider-paused", Again: true);
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

    [LoggerMessage(1, LogLevel.Error, "Provider {Provider} threw at attempt {AttemptId}: {Exception}")]
    private static partial void Threw(ILogger logger, string provider, Guid attemptId, string exception);
}
