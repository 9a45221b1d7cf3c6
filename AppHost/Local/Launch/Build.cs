using System.Xml.Linq;
using Ums.AppHost;
using Ums.Local.Processes;

namespace Ums.Local.Launch;

/// <summary>Builds the services and the gateway once, all together, before anything starts.</summary>
internal static class Build
{
    /// <summary>The dotnet that runs this program.</summary>
    public static string Dotnet { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string OutputOf(Service service, string configuration) =>
        Path.Combine(ProjectDirectory(service), "bin", configuration, "net10.0", Path.GetFileNameWithoutExtension(service.Project) + ".dll");

    public static string ProjectDirectory(Service service) => Path.Combine(Repository.Root, Path.GetDirectoryName(service.Project)!);

    /// <exception cref="LaunchException">It does not compile; the compiler has said why.</exception>
    public static async Task RunAsync(StateDirectory state, string configuration, Action<string> output, CancellationToken cancellationToken)
    {
        // One solution of just these projects, so that what they share is built once.
        var solution = state["system.slnx"];
        new XElement("Solution", Topology.Services.Select(service => new XElement("Project",
            new XAttribute("Path", Path.GetRelativePath(state.Path, Path.Combine(Repository.Root, service.Project)))))).Save(solution);
        using var build = await Child.StartAsync(
            new Command(Dotnet, "build", solution, "-c", configuration, "-v:minimal", "-nologo", "--tl:off",
                "-p:ShouldUnsetParentConfigurationAndPlatform=false") // without it, what the services share is built as Debug
            { Directory = Repository.Root }, output);
        try
        {
            if (await build.Exit.WaitAsync(cancellationToken) != 0)
                throw new LaunchException("The build failed; see above.");
        }
        finally
        {
            await build.StopAsync(CancellationToken.None);
        }
    }
}
