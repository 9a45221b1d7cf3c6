using System.Net;
using System.Net.Sockets;

namespace Ums.Identity.Askers;

/// <summary>
/// The network that a request comes from, as the limits count it: one IPv4 address, or the /64 that one IPv6 subscriber has. X-Forwarded-For is believed only
/// of the gateway, and only its last entry, which is the one that the gateway wrote.
/// </summary>
internal sealed class ClientNetwork(IConfiguration configuration)
{
    /// <summary>Where gateways call from, <c>Gateway:Networks</c>; by default this machine.</summary>
    private readonly IPNetwork[] gateways =
        [.. (configuration.GetSection("Gateway:Networks").Get<string[]>() ?? ["127.0.0.0/8", "::1/128"]).Select(IPNetwork.Parse)];

    public string Of(HttpContext http)
    {
        var caller = Plain(http.Connection.RemoteIpAddress ?? IPAddress.None);
        if (gateways.Any(gateway => gateway.Contains(caller))
            && http.Request.Headers["X-Forwarded-For"].LastOrDefault() is { } forwarded
            && IPAddress.TryParse(forwarded.Split(',')[^1].Trim(), out var client))
        {
            caller = Plain(client);
        }
        return caller.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPNetwork(new IPAddress([.. caller.GetAddressBytes()[..8], .. new byte[8]]), 64).ToString()
            : caller.ToString();
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
