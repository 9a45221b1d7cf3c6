using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;

namespace Ums.Identity.Tokens;

/// <summary>Reads the signing keys before the first request and once a minute, and lets OpenIddict build its options anew when they have changed.</summary>
internal sealed partial class KeyRotation(SigningKeys keys, ILogger<KeyRotation> log)
    : BackgroundService, IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private CancellationTokenSource changed = new();

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(changed.Token);

    public void Configure(OpenIddictServerOptions options) => options.SigningCredentials.AddRange(keys.Credentials);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await keys.RefreshAsync(cancellationToken))
        {
            using var before = Interlocked.Exchange(ref changed, new CancellationTokenSource());
            await before.CancelAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Late(log, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The signing keys could not be read; those known are used on")]
    private static partial void Late(ILogger logger, Exception exception);
}
