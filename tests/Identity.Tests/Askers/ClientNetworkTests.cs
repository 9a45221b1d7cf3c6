using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Ums.Identity.Askers;

namespace Ums.Identity.Tests.Askers;

public sealed class ClientNetworkTests
{
    private readonly ClientNetwork networks = new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Gateway:Networks:0"] = "10.1.0.0/16", ["Gateway:Networks:1"] = "fd00::/8" }).Build());

    [Theory]
    [InlineData("10.1.2.3", "192.0.2.7", "192.0.2.7")]
    [InlineData("10.1.2.3", "6.6.6.6, 192.0.2.7", "192.0.2.7")]
    [InlineData("10.1.2.3", "nonsense", "10.1.2.3")]
    [InlineData("10.1.2.3", null, "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fd00::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::/64")]
    [InlineData("203.0.113.5", "192.0.2.7", "203.0.113.5")]
    [InlineData("127.0.0.1", "192.0.2.7", "127.0.0.1")]
    public void only_the_gateway_is_believed_and_ipv6_counts_by_its_64(string caller, string? forwarded, string network)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(caller) } };
        if (forwarded is not null)
            http.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(network, networks.Of(http));
    }
}
