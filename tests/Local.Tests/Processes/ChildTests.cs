using Ums.Local.Launch;
using Ums.Local.Processes;
using Ums.Testing;
using Xunit;

namespace Ums.Local.Tests.Processes;

public class ChildTests
{
    [Fact]
    public async Task it_leads_a_session_of_its_own_so_that_the_terminals_interrupt_passes_it_by()
    {
        using var child = await Child.StartAsync(new Command("sleep", "1000"), _ => { });
        await Eventually.TrueAsync(() => ProcessTable.Session(child.Id) == child.Id);
        await child.StopAsync();
    }

    [Fact]
    public async Task the_launchers_own_settings_do_not_leak_into_it()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_LEAK", "1");
        var output = await Child.RunAsync(new Command(Build.Dotnet, "--version") { Environment = new Dictionary<string, string> { ["SEEN"] = "1" } });
        var variables = await Child.RunAsync(new Command("env") { Environment = new Dictionary<string, string> { ["SEEN"] = "1" } });
        Assert.StartsWith("10.", output, StringComparison.Ordinal);
        Assert.Contains("SEEN=1", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("ASPNETCORE_LEAK", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("UMS_TEST_", variables, StringComparison.Ordinal);
    }
}
