using System.Net;
using System.Net.Sockets;

namespace Ums.Identity.Providers;

/// <summary>The settings under <c>OperatorProviders</c>.</summary>
internal sealed class ProvidersOptions
{
    /// <summary>Also providers without TLS and inside our own networks: for development and tests.</summary>
    public bool AllowInside { get; set; }
}

/// <summary>
/// How providers are called. An administrator chooses the address, so it must not lead to what only we can reach: names are resolved here, an answer inside a
/// private network is refused at the moment of connecting, and nothing is redirected.
/// </summary>
internal static class ProviderHttp
{
    public const string Client = "provider";

    private static readonly IPNetwork[] Inside =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "224.0.0.0/4", "240.0.0.0/4", "::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8",
        ]).Select(IPNetwork.Parse),
    ];

    public static bool IsInside(IPAddress address) =>
        Inside.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    public static SocketsHttpHandler Handler(bool allowInside) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
            var allowed = allowInside ? addresses : [.. addresses.Where(address => !IsInside(address))];
            if (allowed.Length == 0)
            {
                throw new HttpRequestException("The provider's address is not one that may be called.");
            }
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
