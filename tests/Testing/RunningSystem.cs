using Spectre.Console;
using Ums.AppHost;
using Ums.Local.Launch;
using Ums.Local.Processes;

namespace Ums.Testing;

/// <summary>
/// The whole system as ./run starts it: real processes on free ports with data of their own, to be used through the gateway and to be broken.
/// It starts what was built before, in this test's own configuration.
/// </summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly StringWriter output;
    private readonly StateDirectory state;
    private readonly LocalSystem system;

    private RunningSystem(StringWriter output, StateDirectory state, LocalSystem system) => (this.output, this.state, this.system) = (output, state, system);

    /// <summary>The gateway's.</summary>
    public Uri Address => new(system.PublicUrl);

    /// <summary>What the terminal would have shown: every line of every service.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Where data, keys and logs lie.</summary>
    public string StateDirectory => state.Path;

    /// <summary>The link that Identity left at its last start, while nobody has followed one.</summary>
    public async Task<string> FirstAdministratorLinkAsync() => (await File.ReadAllTextAsync(state[ServiceEnvironment.FirstLink])).Trim();

    /// <param name="environment">Development has demo data and the telephone double.</param>
    /// <param name="settings">More environment variables for every service.</param>
    /// <param name="durable">Whether commits wait for the disk, as they do under ./run: for what is measured, or killed together with its database.</param>
    public static async Task<RunningSystem> StartAsync(string environment = "Development", IReadOnlyDictionary<string, string>? settings = null, bool durable = false)
    {
        var directory = Directory.CreateTempSubdirectory("ums-system-").FullName;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var options = new LaunchOptions
        {
            Port = 0, Environment = environment, State = directory, Configuration = Configuration, Build = false, ThrowAway = !durable, Settings = settings ?? new Dictionary<string, string>(),
        };
        var state = Ums.Local.Launch.StateDirectory.Open(directory, reset: false);
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(TextWriter.Synchronized(output)) });
        console.Profile.Width = 4000;
        var running = new RunningSystem(output, state, new LocalSystem(options, state, new Screen(console, state["logs"])));
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            await running.system.StartAsync(patience.Token);
            return running;
        }
        catch (Exception e)
        {
            var said = running.Output;
            await running.DisposeAsync();
            throw new InvalidOperationException($"The system did not start: {e.Message}\n{said}", e);
        }
    }

    /// <summary>Where a service (http://…) or server (host:port) listens.</summary>
    public string AddressOf(string resource) => system[resource].Address;

    /// <summary>A running resource's process id.</summary>
    public int ProcessOf(string resource) => system[resource].Process ?? throw new InvalidOperationException($"{resource} does not run.");

    /// <summary>The superuser's connection string to a service's database.</summary>
    public string ConnectionString(string database) => system.Infrastructure.Postgres.ConnectionString(database);

    /// <summary>The broker's address for a service's user, or the administrator's.</summary>
    public Uri Broker(string user = "administrator") => new(system.Infrastructure.RabbitMq.ConnectionString(user));

    /// <summary>kill -9, and all it has started. The launcher starts it again by itself; see <see cref="ReadyAsync"/>.</summary>
    public async Task KillAsync(string resource)
    {
        var target = system[resource];
        var before = target.Restarts;
        target.Kill();
        await Eventually.TrueAsync(() => target.Restarts > before, text: $"{resource} died");
    }

    /// <summary>Stops it for as long as the test wants.</summary>
    public Task StopAsync(string resource) => system[resource].StopAsync();

    /// <summary>Starts what was stopped, and waits until it answers.</summary>
    public Task StartAsync(string resource)
    {
        system[resource].Start();
        return ReadyAsync(resource);
    }

    /// <summary>Waits until it answers.</summary>
    public Task ReadyAsync(string resource) => system[resource].Ready.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Stops its clock (SIGSTOP): it keeps its connections and says nothing.</summary>
    public void Freeze(string resource) => system[resource].Send(Signal.Stop);

    public void Thaw(string resource) => system[resource].Send(Signal.Continue);

    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        state.Dispose();
        await output.DisposeAsync();
        Directory.Delete(state.Path, recursive: true);
    }

    // Debug or Release, as this assembly itself was built: bin/CONFIGURATION/net10.0.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The names of everything that runs.</summary>
    public static IEnumerable<string> Resources => ["postgres", "rabbitmq", .. Topology.Services.Select(service => service.Name)];
}
