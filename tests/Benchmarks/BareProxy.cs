using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Ums.Benchmarks;

/// <summary>YARP with nothing around it, in a process of its own: what the gateway is held against.</summary>
internal static class BareProxy
{
    public static Task<Beside> StartAsync(Uri backend) => Beside.StartAsync("bare-proxy", backend.AbsoluteUri);

    /// <summary>The process itself.</summary>
    public static async Task<int> ServeAsync(Uri backend)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "backend",
                    Destinations = new Dictionary<string, DestinationConfig> { ["backend"] = new() { Address = backend.AbsoluteUri } },
                },
            ]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        return await Beside.ServeAsync(app);
    }
}
