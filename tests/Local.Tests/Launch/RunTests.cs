using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Ums.AppHost;
using Ums.Local.Launch;
using Ums.Local.Processes;
using Ums.Local.Tests.Processes;
using Ums.Testing;
using Xunit;

namespace Ums.Local.Tests.Launch;

/// <summary>The launcher as a program: what somebody at a terminal, or a script, sees of it.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(4);

    private readonly string directory = Directory.CreateTempSubdirectory("ums-run-").FullName;
    private readonly ConcurrentQueue<string> output = new();

    public RunTests() => File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task a_taken_port_is_a_clear_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        using var launcher = await LaunchAsync("--port", port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(1, await launcher.Exit);
        await Eventually.TrueAsync(() => output.Any(line => line.Contains($"Port {port} is taken", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task it_brings_everything_up_restarts_what_dies_and_leaves_nothing_behind()
    {
        using var launcher = await LaunchAsync("--port", "0");
        await SaysAsync("Ready: http://localhost:", launcher);
        var resources = Resources();
        Assert.All(resources, resource => Assert.Equal("running", resource.State));
        Assert.Equal(RunningSystem.Resources.Order(), resources.Select(resource => resource.Name).Order());

        var killed = resources.Single(resource => resource.Name == "geocoding");
        Signals.SendToGroup(killed.Process!.Value, Signal.Kill);
        await SaysAsync("ended with code 137; starting again", launcher);
        await Eventually.TrueAsync(() => Resources().Single(r => r.Name == "geocoding") is { State: "running" } again && again.Process != killed.Process, StartPatience);
        var processes = ProcessTable.Descendants(launcher.Id);
        Assert.True(processes.Count >= resources.Count, $"{processes.Count} processes");

        Signals.Send(launcher.Id, Signal.Interrupt);

        Assert.Equal(0, await launcher.Exit.WaitAsync(StartPatience));
        Assert.All(processes, process => Assert.False(ProcessTable.IsRunning(process), $"{process} still runs"));
    }

    [Fact]
    public async Task data_outlives_a_stop_and_a_lost_disk_and_a_reset_forgets_it()
    {
        var backup = Path.Combine(directory, "backup");
        await using (var first = await StartedAsync("--backup", backup))
        {
            await RenameStockholmAsync("Stockholm as it was left");
            await SaysAsync("taken in", first.Launcher);
        }
        await using (await StartedAsync())
            Assert.Contains("Stockholm as it was left", await StockholmAsync(), StringComparison.Ordinal);

        foreach (var lost in new[] { "postgres", "rabbitmq" })
            Directory.Delete(Path.Combine(directory, lost), recursive: true);
        await using (await StartedAsync("--restore", backup))
            Assert.Contains("Stockholm as it was left", await StockholmAsync(), StringComparison.Ordinal);

        await using (await StartedAsync("--reset"))
            Assert.Contains("Stockholms stad", await StockholmAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_backup_without_its_keys_is_a_clear_error()
    {
        using var launcher = await LaunchAsync("--restore", Path.Combine(directory, "backup"), "--port", "0");

        Assert.Equal(1, await launcher.Exit);
        await Eventually.TrueAsync(() => output.Any(line => line.Contains("put its keys.json into", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task its_servers_go_with_it_when_it_is_killed()
    {
        using var launcher = await Child.StartAsync(
            new Command(Build.Dotnet, typeof(Launcher).Assembly.Location, "servers", "--", "sleep", "1000")
            {
                Environment = new Dictionary<string, string> { ["TMPDIR"] = directory },
            }, output.Enqueue);
        await Eventually.TrueAsync(() => ProcessTable.Descendants(launcher.Id).Any(process => ProcessTable.Name(process) == "sleep"), StartPatience);
        var processes = ProcessTable.Descendants(launcher.Id);
        Assert.Superset(new HashSet<string> { "postgres", "beam.smp", "epmd", "sleep" }, processes.Select(ProcessTable.Name).ToHashSet());

        Signals.Send(launcher.Id, Signal.Kill);

        await Eventually.TrueAsync(() => !processes.Any(ProcessTable.IsRunning), TimeSpan.FromMinutes(1));
    }

    private async Task<Started> StartedAsync(params string[] arguments)
    {
        output.Clear();
        var launcher = await LaunchAsync(["--port", "0", .. arguments]);
        await SaysAsync("Ready: http://localhost:", launcher);
        return new Started(launcher);
    }

    private async Task<string> StockholmAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Resources().Single(resource => resource.Name == "gateway").Address) };
        return await http.GetStringAsync(new Uri("api/organisations/stockholm", UriKind.Relative));
    }

    private async Task RenameStockholmAsync(string name)
    {
        var server = new Uri("tcp://" + Resources().Single(resource => resource.Name == "postgres").Address);
        var keys = Keys.Open(Path.Combine(directory, "keys.json"));
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = server.Host, Port = server.Port, Username = "postgres", Password = keys.Password("Postgres"), Database = "identitydb",
        });
        await using var command = source.CreateCommand("update organisations set name = $1 where slug = 'stockholm'");
        command.Parameters.Add(new() { Value = name });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private Task<Child> LaunchAsync(params string[] arguments) => Child.StartAsync(
        new Command(Build.Dotnet,
            [typeof(Launcher).Assembly.Location, .. arguments, "--no-build", "--configuration", Configuration, "--state", directory, "--resources", Path.Combine(directory, "resources.json")]),
        output.Enqueue);

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private async Task SaysAsync(string text, Child launcher)
    {
        await Eventually.TrueAsync(() => output.Any(line => line.Contains(text, StringComparison.Ordinal)) || launcher.Exit.IsCompleted, StartPatience);
        Assert.False(launcher.Exit.IsCompleted, string.Join('\n', output));
    }

    private List<Resource> Resources()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "resources.json")));
        return file.RootElement.GetProperty("resources").Deserialize<List<Resource>>(JsonSerializerOptions.Web)!;
    }

    /// <summary>A launcher that is up; stopped as by Ctrl+C.</summary>
    private sealed record Started(Child Launcher) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Signals.Send(Launcher.Id, Signal.Interrupt);
            Assert.Equal(0, await Launcher.Exit.WaitAsync(StartPatience));
            Launcher.Dispose();
        }
    }

    private sealed record Resource(string Name, string State, string Address, int? Process, int Restarts);
}
