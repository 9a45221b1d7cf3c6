using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ums.Benchmarks;

/// <summary>This program once more, as a process of its own that serves what something is held against.</summary>
internal sealed class Beside : IAsyncDisposable
{
    private readonly Process process;

    private Beside(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Beside> StartAsync(params string[] arguments)
    {
        // "dotnet run" starts a program of its own; "dotnet FILE.dll" is told again which file.
        string[] file = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Beside).Assembly.Location] : [];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. file, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{arguments[0]} did not start.");
        return new Beside(process, new Uri(address));
    }

    /// <summary>In that process: says where it listens, and ends with its input, so that it cannot outlive who started it.</summary>
    public static async Task<int> ServeAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
