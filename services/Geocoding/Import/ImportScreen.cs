using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Ums.Geocoding.Import;

/// <summary>Shows an import while it runs: a bar on a terminal, else a line now and then.</summary>
internal static class ImportScreen
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static Task<ImportResult> WatchAsync(Func<Action<ImportProgress>, Task<ImportResult>> import) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? WithBarAsync(import) : WithLinesAsync(import);

    private static Task<ImportResult> WithBarAsync(Func<Action<ImportProgress>, Task<ImportResult>> import) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(screen =>
        {
            var bar = screen.AddTask("beginning");
            return import(progress =>
            {
                bar.Value = 100 * progress.Fraction;
                bar.IsIndeterminate = progress.Step != "reading";
                bar.Description = Markup.Escape(Describe(progress));
            });
        });

    private static Task<ImportResult> WithLinesAsync(Func<Action<ImportProgress>, Task<ImportResult>> import)
    {
        var (said, step) = (0L, "");
        return import(progress =>
        {
            if (progress.Step == step && Stopwatch.GetElapsedTime(said) < BetweenLines)
            {
                return;
            }
            (said, step) = (Stopwatch.GetTimestamp(), progress.Step);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * progress.Fraction,3:0} % {Describe(progress)}"));
        });
    }

    private static string Describe(ImportProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Step}: {progress.RowsRead:N0} rows")
        + (progress.RowsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.RowsPerSecond:N0}/s") : "")
        + (progress.Refused > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.Refused:N0} refused") : "")
        + (progress.Left is { } left ? string.Create(CultureInfo.InvariantCulture, $", {left:hh\\:mm\\:ss} left") : "");
}
