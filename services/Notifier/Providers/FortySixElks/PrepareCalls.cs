using Ums.Notifier.Speech;

namespace Ums.Notifier.Providers.FortySixElks;

/// <summary>Has the digits and the set phrases ready before the first call, and says early where there is no voice.</summary>
internal sealed partial class PrepareCalls(Clips clips, ILogger<PrepareCalls> log) : BackgroundService
{
    private static readonly string[] Languages = ["sv", "en", "nb"];

    /// <summary>The silences after a digit of a PIN: in its middle and at its end.</summary>
    private static readonly int[] Pauses = [1200, 800];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var clip in Languages.SelectMany(SetClips))
            {
                await clips.FileOfAsync(clip, stoppingToken);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            NoVoice(log, e.Message);
        }
    }

    private static IEnumerable<Clip> SetClips(string language) =>
        Enumerable.Range(0, 10).SelectMany(digit => Pauses.Select(pause => Clip.Digit(language, digit, pause))).Append(Acknowledgement.Clip(language));

    [LoggerMessage(1, LogLevel.Error, "Calls cannot be made: {Reason}")]
    private static partial void NoVoice(ILogger logger, string reason);
}
