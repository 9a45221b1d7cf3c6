using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ums.Notifier.Tests.Providers;

/// <summary>Somebody who is reported to.</summary>
internal sealed class ReceiptListener : IDisposable
{
    private readonly WebApplication app;

    public ReceiptListener()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/here", async (HttpContext http) => States.Enqueue((await http.Request.ReadFormAsync())["status"].ToString()));
        app.Start();
    }

    public ConcurrentQueue<string> States { get; } = new();

    public string Address => app.Urls.Single() + "/here";

    public void Dispose() => ((IDisposable)app).Dispose();
}
