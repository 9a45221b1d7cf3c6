using Ums.Local.Processes;

namespace Ums.Local.Servers;

/// <summary>PostgreSQL and RabbitMQ together, kept running below one directory.</summary>
internal sealed class Infrastructure : IAsyncDisposable
{
    public Infrastructure(string directory, Func<string, string> password, IEnumerable<string> brokerUsers, bool throwAway,
        Action<Supervised, string?>? changed = null, Func<string, Action<string>>? output = null, Backup? backup = null, Backup? restored = null)
    {
        Postgres = new Postgres(Path.Combine(directory, "postgres"), Ports.Free(), password("Postgres")) { ThrowAway = throwAway, Backup = backup, Restored = restored };
        RabbitMq = new RabbitMq(Path.Combine(directory, "rabbitmq"), Ports.Free(), new BrokerUsers(user => password($"Broker:{user}"), brokerUsers));
        Servers = [.. new IServer[] { Postgres, RabbitMq }.Select(server => new Supervised(server.Name, server.Address, server.PrepareAsync, server.IsReadyAsync)
        {
            Changed = changed ?? ((_, _) => { }),
            Output = output?.Invoke(server.Name) ?? (_ => { }),
        })];
    }

    public Postgres Postgres { get; }

    public RabbitMq RabbitMq { get; }

    public IReadOnlyList<Supervised> Servers { get; }

    public Task StopAsync(CancellationToken patience) => Task.WhenAll(Servers.Select(server => server.StopAsync(patience)));

    public async ValueTask DisposeAsync()
    {
        await StopAsync(default);
        foreach (var server in Servers)
            await server.DisposeAsync();
        await RabbitMq.DisposeAsync();
    }
}
