using System.Diagnostics;
using Ums.AppHost;

namespace Ums.Testing;

/// <summary>A service's <c>audit verify</c>, run as an operator of the installation would: a process of its own beside the running service.</summary>
public static class AuditProcess
{
    /// <returns>What it ended with, and all that it said.</returns>
    public static Task<(int Code, string Said)> VerifyAsync<TProgram>(ServiceFixture<TProgram> fixture) where TProgram : class =>
        VerifyAsync(typeof(TProgram).Assembly.Location, Topology.Services.Single(service => service.Name == fixture.Name).Database!, fixture.ConnectionString, fixture.Keys["PersonalData"]);

    /// <param name="assembly">The service's own.</param>
    /// <param name="database">The name of its connection string.</param>
    /// <param name="key">That seals its personal data.</param>
    public static async Task<(int Code, string Said)> VerifyAsync(string assembly, string database, string connectionString, string key)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "audit", "verify"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[$"ConnectionStrings__{database}"] = connectionString;
        start.Environment["Keys__PersonalData"] = key;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output + await error);
    }
}
