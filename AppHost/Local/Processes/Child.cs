using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ums.Local.Processes;

/// <summary>
/// A running child in a session of its own, so that Ctrl+C in the terminal reaches the launcher alone and the launcher decides the order;
/// the kernel signals it should the launcher be killed.
/// </summary>
internal sealed class Child : IDisposable
{
    // The kernel sends the death signal when the thread that forked ends, not the process: so one thread, which never ends, forks them all.
    private static readonly BlockingCollection<Action> Forks = [];

    // What configures the launcher, or the tests around it, is nothing to a child.
    private static readonly string[] NotInherited = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ConnectionStrings__", "UMS_TEST_"];

    private readonly Process process;
    private readonly Command command;
    private readonly TaskCompletionSource<int> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static Child() => new Thread(() =>
    {
        foreach (var fork in Forks.GetConsumingEnumerable())
            fork();
    }) { IsBackground = true, Name = "forks" }.Start();

    private Child(Command command, Action<string> output)
    {
        this.command = command;
        process = new Process { StartInfo = StartInfo(command), EnableRaisingEvents = true };
        process.Exited += (_, _) => exit.TrySetResult(process.ExitCode);
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) output(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) output(line.Data); };
    }

    public int Id { get; private set; }

    /// <summary>Its exit code, once it has ended.</summary>
    public Task<int> Exit => exit.Task;

    public static Task<Child> StartAsync(Command command, Action<string> output)
    {
        var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        Forks.Add(() =>
        {
            try
            {
                var child = new Child(command, output);
                child.process.Start();
                child.Id = child.process.Id;
                child.process.BeginOutputReadLine();
                child.process.BeginErrorReadLine();
                started.SetResult(child);
            }
            catch (Exception e)
            {
                started.SetException(new InvalidOperationException($"{command.File} cannot be started: {e.Message}", e));
            }
        });
        return started.Task;
    }

    /// <summary>Runs to its end; the output is part of the error when it fails.</summary>
    public static async Task<string> RunAsync(Command command)
    {
        var lines = new ConcurrentQueue<string>();
        using var child = await StartAsync(command, lines.Enqueue);
        await child.process.WaitForExitAsync();
        var output = string.Join('\n', lines);
        return await child.Exit == 0
            ? output
            : throw new InvalidOperationException($"{command.File} {string.Join(' ', command.Arguments)} ended with {await child.Exit}:\n{output}");
    }

    public void Send(Signal signal)
    {
        if (!Exit.IsCompleted)
            Signals.Send(Id, signal);
    }

    /// <summary>Kills it and all it has started, as a crash would.</summary>
    public void Kill()
    {
        Signals.SendToGroup(Id, Signal.Kill);
        Send(Signal.Kill); // just after the fork it leads no group yet
    }

    /// <summary>Asks it to stop, and kills what is still there when the time is up or the caller loses patience.</summary>
    public async Task StopAsync(CancellationToken impatience = default)
    {
        Send(command.StopSignal);
        Send(Signal.Continue); // a stopped process would not hear of it
        try
        {
            await Exit.WaitAsync(command.StopTimeout, impatience);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Killed below.
        }
        Kill();
        await Exit;
    }

    public void Dispose() => process.Dispose();

    private static ProcessStartInfo StartInfo(Command command)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = command.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("setpriv");
        foreach (var argument in AsUser(command.User))
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--pdeathsig");
        start.ArgumentList.Add(command.DeathSignal.Name());
        start.ArgumentList.Add(command.File);
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => NotInherited.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static string[] AsUser(string? user) => user is null ? [] : [$"--reuid={user}", $"--regid={user}", "--clear-groups"];
}
