using System.Runtime.InteropServices;
using Spectre.Console;
using Ums.Local.Launch;
using Ums.Local.Processes;

namespace Ums.Local.Commands;

/// <summary>What <c>./run</c> does: everything up, watched until Ctrl+C, everything down.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var stop = new CancellationTokenSource();
        using var impatience = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            await LaunchAsync(LaunchOptions.Parse(arguments), stop.Token, impatience.Token);
            return 0;
        }
        catch (LaunchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }

        // The second time it is meant at once.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            (stop.IsCancellationRequested ? impatience : stop).Cancel();
        }
    }

    private static async Task LaunchAsync(LaunchOptions options, CancellationToken stop, CancellationToken impatience)
    {
        if (options.Port != 0 && !Ports.IsFree(options.Port))
            throw new LaunchException($"Port {options.Port} is taken. Stop what uses it, or choose another: ./run --port {options.Port + 1}");
        using var state = StateDirectory.Open(options.State, options.Reset);
        if (options.Restore is not null && !File.Exists(state["keys.json"]))
            throw new LaunchException($"A backup opens only with the keys of the system that made it: put its keys.json into {options.State} first.");
        AnsiConsole.Profile.Width = 4000; // the terminal wraps long lines; cut by us they could not be searched
        var screen = new Screen(AnsiConsole.Console, state["logs"]);
        if (options.Build)
        {
            screen.Title("Building");
            await Build.RunAsync(state, options.Configuration, screen.Output("build"), stop);
        }
        screen.Title("Starting");
        await using var system = new LocalSystem(options, state, screen);
        try
        {
            await system.StartAsync(stop);
            screen.Table(system.Resources);
            if (options.Environment == "Development")
                screen.Plain($"The phones' messages: {system.PublicUrl}/dev/phone · Ctrl+C stops everything");
            if (File.Exists(state[ServiceEnvironment.FirstLink]))
                screen.Plain($"The first administrator: {(await File.ReadAllTextAsync(state[ServiceEnvironment.FirstLink], stop)).Trim()} (once)");
            screen.Plain($"Ready: {system.PublicUrl}");
            await (options.Backup is null ? Task.Delay(Timeout.Infinite, stop) : new BackupWatch(system.Infrastructure.Postgres, screen).KeepAsync(stop));
        }
        finally
        {
            screen.Title("Stopping");
            await system.StopAsync(impatience);
        }
    }
}
