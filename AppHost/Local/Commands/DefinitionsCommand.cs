using Ums.AppHost;
using Ums.Local.Servers;

namespace Ums.Local.Commands;

/// <summary><c>definitions FILE</c>: prints users and permissions for a broker that somebody else runs; the file keeps their passwords, as they are.</summary>
internal static class DefinitionsCommand
{
    public static int Run(string passwords)
    {
        var keys = Keys.Open(Path.GetFullPath(passwords), [.. Topology.OnTheBus, BrokerUsers.Administrator]);
        Console.WriteLine(new BrokerUsers(user => keys[user], Topology.OnTheBus).Definitions(RabbitMq.VirtualHost));
        return 0;
    }
}
