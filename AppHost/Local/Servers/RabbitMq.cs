using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Ums.Local.Processes;

namespace Ums.Local.Servers;

/// <summary>A private RabbitMQ: own directory, own ports, loopback only, and an epmd of its own, since the one it would start itself outlives it.</summary>
internal sealed class RabbitMq(string directory, int port, BrokerUsers users) : IServer, IAsyncDisposable
{
    /// <summary>The virtual host of the system.</summary>
    public const string VirtualHost = "ums";

    private readonly int epmdPort = Ports.Free();
    private readonly int distributionPort = Ports.Free();
    private readonly int managementPort = Ports.Free();
    private readonly int prometheusPort = Ports.Free();
    private HttpClient? management;
    private Child? epmd;

    public string Name => "rabbitmq";

    public string Address => $"127.0.0.1:{port}";

    /// <summary>The management API, for the administrator.</summary>
    public string ManagementUrl => $"http://127.0.0.1:{managementPort}/";

    public string ConnectionString(string user, string virtualHost = VirtualHost) =>
        $"amqp://{user}:{Uri.EscapeDataString(users.Password(user))}@{Address}/{Uri.EscapeDataString(virtualHost)}";

    public async Task<Command> PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(directory, "home"));
        await PreviousNodeAsync();
        await File.WriteAllTextAsync(At("enabled_plugins"), "[rabbitmq_management,rabbitmq_prometheus].");
        await OwnerOnly.WriteAsync(At("definitions.json"), users.Definitions(VirtualHost));
        await File.WriteAllTextAsync(At("rabbitmq.conf"), $"""
            listeners.tcp.default = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {managementPort}
            prometheus.tcp.ip = 127.0.0.1
            prometheus.tcp.port = {prometheusPort}
            load_definitions = {At("definitions.json")}
            disk_free_limit.absolute = 200MB
            vm_memory_high_watermark.absolute = 1GB
            log.console = false

            """);
        // An epmd that is still there from the last start serves the next one too.
        if (epmd is null or { Exit.IsCompleted: true })
            epmd = await Child.StartAsync(new Command("/usr/bin/epmd") { Environment = Environment() }, _ => { });
        return new Command(Installed.RabbitMqServer)
        {
            Environment = Environment(),
            DeathSignal = Signal.Terminate,
            StopTimeout = TimeSpan.FromSeconds(20),
        };
    }

    /// <summary>The node listens only once its definitions are loaded, and answers for the management API a little later.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        management ??= Management();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            using var answer = await management.GetAsync(new Uri("api/health/checks/virtual-hosts", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is SocketException or HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Ends the epmd; the node itself is its owner's to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        management?.Dispose();
        if (epmd is not null)
            await epmd.StopAsync();
    }

    // A launcher that was killed leaves a node that is still stopping; two nodes on one directory would ruin it.
    private async Task PreviousNodeAsync()
    {
        if (!File.Exists(At("rabbitmq.pid")) || !int.TryParse(await File.ReadAllTextAsync(At("rabbitmq.pid")), CultureInfo.InvariantCulture, out var node))
            return;
        for (var waited = 0; IsOurs(node); waited++)
        {
            if (waited == 200)
                Signals.Send(node, Signal.Kill);
            await Task.Delay(100);
        }
    }

    private bool IsOurs(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains(At("home"), StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string At(string file) => Path.Combine(directory, file);

    // The node's name never changes although the ports do: its data is filed under it.
    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = At("home"),
        ["RABBITMQ_NODENAME"] = "ums@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(port),
        ["RABBITMQ_DIST_PORT"] = Text(distributionPort),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Text(epmdPort),
        ["ERL_CRASH_DUMP"] = At("erl_crash.dump"),
        ["RABBITMQ_MNESIA_BASE"] = At("mnesia"),
        ["RABBITMQ_LOG_BASE"] = At("log"),
        ["RABBITMQ_PID_FILE"] = At("rabbitmq.pid"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = At("advanced.config"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        // The script then becomes the node instead of waiting beside it: signals reach the node, and its exit code us.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
    };

    private HttpClient Management()
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BrokerUsers.Administrator}:{users.Password(BrokerUsers.Administrator)}"));
        return new HttpClient
        {
            BaseAddress = new Uri(ManagementUrl),
            Timeout = TimeSpan.FromSeconds(5),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", credentials) },
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
