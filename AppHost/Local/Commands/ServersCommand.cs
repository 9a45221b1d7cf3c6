using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ums.AppHost;
using Ums.Local.Processes;
using Ums.Local.Servers;

namespace Ums.Local.Commands;

/// <summary>
/// <c>servers -- COMMAND…</c>: runs a command beside a PostgreSQL and a RabbitMQ of its own, which vanish with it. Tests are such a command. Any
/// number of them may run side by side.
/// </summary>
internal static class ServersCommand
{
    public const string PostgresVariable = "UMS_TEST_POSTGRES";
    public const string RabbitMqVariable = "UMS_TEST_RABBITMQ";
    public const string ManagementVariable = "UMS_TEST_RABBITMQ_MANAGEMENT";

    public static async Task<int> RunAsync(IReadOnlyList<string> command)
    {
        if (command.Count == 0)
        {
            await Console.Error.WriteLineAsync("servers: say what to run, as in: servers -- dotnet test tests/Identity.Tests");
            return 2;
        }
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var directory = Directory.CreateTempSubdirectory("ums-servers-").FullName;
        try
        {
            // The server run by another user must find its way in.
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            var passwords = new Dictionary<string, string>();
            await using var infrastructure = new Infrastructure(directory, Password, Topology.OnTheBus, throwAway: true);
            await Console.Error.WriteLineAsync("Starting a private PostgreSQL and RabbitMQ …");
            foreach (var server in infrastructure.Servers)
                server.Start();
            await Task.WhenAll(infrastructure.Servers.Select(server => server.Ready)).WaitAsync(TimeSpan.FromMinutes(2), stop.Token);
            return await RunBesideAsync(infrastructure, command, stop.Token);

            string Password(string name)
            {
                lock (passwords)
                    return passwords.TryGetValue(name, out var known) ? known : passwords[name] = RandomNumberGenerator.GetHexString(32, lowercase: true);
            }
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync("PostgreSQL or RabbitMQ did not start within two minutes.");
            return 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunBesideAsync(Infrastructure infrastructure, IReadOnlyList<string> command, CancellationToken stop)
    {
        var child = await Child.StartAsync(new Command(command[0], [.. command.Skip(1)])
        {
            Directory = Environment.CurrentDirectory,
            DeathSignal = Signal.Terminate,
            Environment = new Dictionary<string, string>
            {
                [PostgresVariable] = infrastructure.Postgres.ConnectionString("postgres"),
                [RabbitMqVariable] = infrastructure.RabbitMq.ConnectionString(BrokerUsers.Administrator),
                [ManagementVariable] = infrastructure.RabbitMq.ManagementUrl,
            },
        }, Console.WriteLine);
        try
        {
            return await child.Exit.WaitAsync(stop);
        }
        finally
        {
            await child.StopAsync(CancellationToken.None);
        }
    }
}
