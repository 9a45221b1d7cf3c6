using System.Text;
using Ums.AppHost;
using Ums.Local.Processes;
using Ums.Local.Servers;

namespace Ums.Testing;

/// <summary>A server for one test class alone, which may kill it and start it again on the same port with the same data.</summary>
public abstract class PrivateServer : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ums-private-").FullName;
    private Supervised? server;

    /// <summary>Started, and answering.</summary>
    public async Task StartAsync()
    {
        Supervised.Start();
        await Supervised.Ready.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Asked to stop; away until <see cref="StartAsync"/>.</summary>
    public Task StopAsync() => Supervised.StopAsync();

    /// <summary>kill -9; away until <see cref="StartAsync"/>.</summary>
    public Task KillAsync() => Supervised.StopAsync(new CancellationToken(canceled: true));

    /// <summary>Stops its clock: it keeps its connections and says nothing.</summary>
    public void Freeze() => Supervised.Send(Signal.Stop);

    public void Thaw() => Supervised.Send(Signal.Continue);

    public virtual async ValueTask DisposeAsync()
    {
        await Supervised.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract IServer Create(string directory);

    private protected IServer Server => field ??= Create(Open(directory));

    private Supervised Supervised => server ??= new Supervised(Server.Name, Server.Address, Server.PrepareAsync, Server.IsReadyAsync);

    // PostgreSQL may run as another user, who must find its way in.
    private static string Open(string directory)
    {
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return directory;
    }
}

/// <inheritdoc/>
public sealed class PrivatePostgres : PrivateServer
{
    /// <summary>The superuser's connection string.</summary>
    public string ConnectionString(string database = "postgres") => ((Postgres)Server).ConnectionString(database);

    // With fsync, unlike the tests' common server: what was committed must survive the kill.
    private protected override IServer Create(string directory) => new Postgres(Path.Combine(directory, "postgres"), Ports.Free(), "private");
}

/// <inheritdoc/>
public sealed class PrivateBroker : PrivateServer
{
    /// <summary>The address for the administrator, or for a service's own user with its own permissions.</summary>
    public Uri Address(string user = BrokerUsers.Administrator) => new(((RabbitMq)Server).ConnectionString(user));

    /// <summary>Removes a service's user, which ends its connections and refuses new ones; the next start knows it again.</summary>
    public async Task ForgetAsync(string user)
    {
        using var client = new HttpClient { BaseAddress = new Uri(((RabbitMq)Server).ManagementUrl) };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Address().UserInfo))));
        using var answer = await client.DeleteAsync(new Uri($"api/users/{user}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((RabbitMq)Server).DisposeAsync();
        await base.DisposeAsync();
    }

    private protected override IServer Create(string directory) =>
        new RabbitMq(Path.Combine(directory, "rabbitmq"), Ports.Free(), new BrokerUsers(user => "private-" + user, Topology.OnTheBus));
}
