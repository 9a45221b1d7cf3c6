using System.Globalization;
using Ums.AppHost;
using Ums.Local.Processes;
using Ums.Local.Servers;

namespace Ums.Local.Launch;

/// <summary>The whole system as children of this process.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    // So many deaths in a row before the first answer are no hiccup: whoever starts the system must look.
    private const int HopelessStarts = 5;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private readonly LaunchOptions options;
    private readonly StateDirectory state;
    private readonly Screen screen;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Infrastructure infrastructure;
    private readonly Dictionary<string, Supervised> services = [];
    private readonly SemaphoreSlim writing = new(1);
    private bool ready;

    public LocalSystem(LaunchOptions options, StateDirectory state, Screen screen)
    {
        (this.options, this.state, this.screen) = (options, state, screen);
        var names = Topology.Services.Select(s => s.Name).ToList();
        var keys = Keys.Open(state["keys.json"],
            [.. Topology.Keys, .. names.Select(ServiceEnvironment.ClientSecret), "Postgres", "Backup", .. Topology.OnTheBus.Append(BrokerUsers.Administrator).Select(user => $"Broker:{user}")]);
        infrastructure = new Infrastructure(
            state.Path, keys.Password, Topology.OnTheBus, options.ThrowAway, Changed, screen.Quiet, BackupIn(options.Backup), BackupIn(options.Restore));

        Backup? BackupIn(string? directory) => directory is null ? null : new Backup(directory, keys.Password("Backup"));

        var addresses = Topology.Services.ToDictionary(s => s.Name, AddressOf);
        var environment = new ServiceEnvironment(options, state, keys, infrastructure, addresses);
        foreach (var service in Topology.Services)
        {
            services[service.Name] = new Supervised(service.Name, addresses[service.Name], () => CommandOf(service, environment), stop => IsHealthyAsync(service, addresses[service.Name], stop))
            {
                Changed = Changed,
                Output = screen.Output(service.Name),
            };
        }
    }

    public IEnumerable<Supervised> Resources => [.. infrastructure.Servers, .. services.Values];

    public Infrastructure Infrastructure => infrastructure;

    public Supervised this[string name] => Resources.Single(resource => resource.Name == name);

    public string PublicUrl => this[Topology.Gateway.Name].Address;

    /// <summary>Starts everything in the order of its dependencies; returns when all of it answers.</summary>
    /// <exception cref="LaunchException">Something will not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(state["data-protection"]);
        await PrepareBackupAsync();
        await StartAsync(infrastructure.Servers, cancellationToken);
        foreach (var wave in Topology.Services.GroupBy(service => service.WaitsFor.Count > 0).OrderBy(wave => wave.Key))
            await StartAsync(wave.Select(service => services[service.Name]).ToList(), cancellationToken);
        ready = true;
        await WriteResourcesAsync();
    }

    /// <summary>Stops everything in the reverse order.</summary>
    /// <param name="patience">Once cancelled, what still runs is killed.</param>
    public async Task StopAsync(CancellationToken patience = default)
    {
        ready = false;
        await services[Topology.Gateway.Name].StopAsync(patience);
        await Task.WhenAll(services.Values.Select(service => service.StopAsync(patience)));
        await infrastructure.StopAsync(patience);
        await WriteResourcesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var service in services.Values)
            await service.DisposeAsync();
        await infrastructure.DisposeAsync();
        http.Dispose();
        writing.Dispose();
    }

    private async Task PrepareBackupAsync()
    {
        try
        {
            if (infrastructure.Postgres.Restored is { } backup)
            {
                screen.Plain($"Restoring {backup.Newest} and what followed it");
                await infrastructure.Postgres.RestoreAsync();
            }
            if (infrastructure.Postgres.Backup is not null)
                await infrastructure.Postgres.PrepareBackupAsync();
        }
        catch (InvalidOperationException e)
        {
            throw new LaunchException(e.Message);
        }
    }

    private async Task StartAsync(IReadOnlyList<Supervised> resources, CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
            resource.Start();
        var all = Task.WhenAll(resources.Select(resource => resource.Ready));
        for (var waited = 1; await Task.WhenAny(all, Task.Delay(1000, cancellationToken)) != all; waited++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (resources.FirstOrDefault(resource => resource.FailedStarts >= HopelessStarts) is { } hopeless)
                throw new LaunchException($"{hopeless.Name} does not start. Its last words are in {Path.Combine(state["logs"], hopeless.Name)}.log");
            if (waited % TellEvery.TotalSeconds == 0)
                screen.Plain($"Waiting for {string.Join(", ", resources.Where(r => !r.Ready.IsCompleted).Select(r => r.Name))} ({waited} s)");
        }
    }

    private string AddressOf(Service service) => service != Topology.Gateway
        ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}")
        : string.Create(CultureInfo.InvariantCulture, $"http://localhost:{(options.Port == 0 ? Ports.Free() : options.Port)}");

    // The project's folder is the content root, as it is under "dotnet run" and Aspire.
    private Task<Command> CommandOf(Service service, ServiceEnvironment environment) => Task.FromResult(
        new Command(Build.Dotnet, Build.OutputOf(service, options.Configuration))
        {
            Directory = Build.ProjectDirectory(service),
            Environment = environment.Of(service),
        });

    private async Task<bool> IsHealthyAsync(Service service, string address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address + Topology.HealthPath), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Changed(Supervised resource, string? reason)
    {
        screen.Changed(resource, reason);
        _ = WriteResourcesAsync();
    }

    private async Task WriteResourcesAsync()
    {
        if (options.Resources is null)
            return;
        await writing.WaitAsync();
        try
        {
            await ResourcesFile.WriteAsync(options.Resources, ready, Resources);
        }
        finally
        {
            writing.Release();
        }
    }
}
