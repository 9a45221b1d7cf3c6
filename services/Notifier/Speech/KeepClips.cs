using Ums.Notifier.Providers;

namespace Ums.Notifier.Speech;

/// <summary>Has the digits and the set phrases ready before the first call, where a provider will want them, and sweeps what is old.</summary>
internal sealed partial class KeepClips(Clips clips, IEnumerable<IMessageProvider> providers, TimeProvider clock, ILogger<KeepClips> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly string[] Languages = ["sv", "en", "nb"];

    /// <summary>The silences after a digit of a PIN: in its middle and at its end.</summary>
    private static readonly int[] Pauses = [1200, 800];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (providers.Any(provider => provider.PlaysSound))
        {
            await PrepareAsync(stoppingToken);
        }
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                clips.Sweep();
            }
            catch (IOException e)
            {
                NotSwept(log, e.GetType().Name);
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var clip in Languages.SelectMany(language => SetClips(language)))
            {
                await clips.FileOfAsync(clip, cancellationToken);
            }
        }
        catch (SpeechException e)
        {
            NoVoice(log, e.Message);
        }
    }

    private static IEnumerable<Clip> SetClips(string language) =>
        Enumerable.Range(0, 10).SelectMany(digit => Pauses.Select(pause => Clip.Digit(language, digit, pause))).Append(Acknowledgement.Clip(language));

    [LoggerMessage(1, LogLevel.Error, "Calls that play sound cannot be made: {Reason}")]
    private static partial void NoVoice(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Old sound could not be removed: {Reason}")]
    private static partial void NotSwept(ILogger logger, string reason);
}
