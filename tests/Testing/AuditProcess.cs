using System.Diagnostics;
using Ums.AppHost;

namespace Ums.Testing;

/// <summary>A service's <c>audit verify</c>, run as an operator of the installation would: a process of its own beside the running service.</summary>
public static class AuditProcess
{
    /// <returns>What it ended with, and all that it said.</returns>
    public static async Task<(int Code, string Said)> VerifyAsync<TProgram>(ServiceFixture<TProgram> fixture) where TProgram : class
    {
        var service = Topology.Services.Single(service => service.Name == fixture.Name);
        var start = new ProcessStartInfo("dotnet", [typeof(TProgram).Assembly.Location, "audit", "verify"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[$"ConnectionStrings__{service.Database}"] = fixture.ConnectionString;
        start.Environment["Keys__PersonalData"] = fixture.Keys["PersonalData"];
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output + await error);
    }
}
