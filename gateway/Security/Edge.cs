using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Ums.Gateway.Security;

/// <summary>What the outermost server accepts at all.</summary>
internal static class Edge
{
    public const int BodyLimit = 64 * 1024;

    public static void AddEdge(this WebApplicationBuilder builder, GatewayOptions options)
    {
        OneReading.RequireWholeLineEnds();
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
        // The framework's request logs hold addresses that people searched for; ours and the warnings stay.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>A form that is too large is said to be so; left to the check of its antiforgery token it would be told that it is too old.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use((http, next) =>
    {
        // Asked again for the error's page, the request still has its length.
        if (http.Request.ContentLength > BodyLimit && !Surfaces.IsData(http.Request.Path) && !Surfaces.TakesFiles(http.Request.Path) && http.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            http.Request.Headers.ContentType = default; // nobody is to look for fields in it, the error's page neither
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }
        return next(http);
    });

    /// <summary>Metrics are for the machines beside us; the world's requests come from public addresses or through a proxy that says for whom.</summary>
    public static void UseMetricsInside(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase)
            && (http.Request.Headers.ContainsKey("X-Forwarded-For") || !IsInside(http.Connection.RemoteIpAddress)))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return next(http);
    });

    private static bool IsInside(IPAddress? address) => address is not null && (IPAddress.IsLoopback(address) || Inside.Any(network =>
        network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)));

    private static readonly IPNetwork[] Inside =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7")];

    private static IEnumerable<string> Hosts(IHostEnvironment environment, GatewayOptions options) =>
        [options.PublicUrl.Host, .. Split(options.AlsoKnownAs), .. environment.IsDevelopment() ? ["localhost", "127.0.0.1", "[::1]"] : Array.Empty<string>()];

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
