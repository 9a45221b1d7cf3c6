using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ums.Gateway.Security;

/// <summary>What the outermost server accepts at all.</summary>
internal static class Edge
{
    public const int BodyLimit = 64 * 1024;

    public static void AddEdge(this WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 2000;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestLineSize = 4 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
            kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1AndHttp2);
        });
        // After what the environment may have set: a wildcard would let a stranger's Host into the pages.
        builder.Services.PostConfigure<HostFilteringOptions>(filter => filter.AllowedHosts = [.. Hosts(builder.Environment, options)]);
        builder.Services.PostConfigure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in Split(options.TrustedProxies))
            {
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
            }
            forwarded.ForwardedHeaders = forwarded.KnownProxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(30) });
    }

    private static IEnumerable<string> Hosts(IHostEnvironment environment, GatewayOptions options) =>
        [options.PublicUrl.Host, .. Split(options.AlsoKnownAs), .. environment.IsDevelopment() ? ["localhost", "127.0.0.1", "[::1]"] : Array.Empty<string>()];

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
