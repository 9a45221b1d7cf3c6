using System.Net;
using System.Net.Sockets;

namespace Ums.Local.Processes;

internal static class Ports
{
    private static readonly HashSet<int> Given = [];

    /// <summary>
    /// A port that nobody listens on. Drawn below the range from which the kernel gives outgoing connections theirs, so that it stays free
    /// while its owner is down, and low enough that RabbitMQ's derived ports fit too.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            lock (Given)
            {
                if (IsFree(port) && Given.Add(port))
                    return port;
            }
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
