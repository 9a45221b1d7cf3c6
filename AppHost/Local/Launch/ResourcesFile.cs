using System.Text.Json;
using System.Text.Json.Serialization;
using Ums.Local.Processes;
using Ums.Local.Servers;

namespace Ums.Local.Launch;

/// <summary>The resources for other programs to read: scripts that make screenshots, load generators.</summary>
internal static class ResourcesFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Task WriteAsync(string file, bool ready, IEnumerable<Supervised> resources) => OwnerOnly.WriteAsync(file, JsonSerializer.Serialize(new
    {
        ready,
        launcher = Environment.ProcessId,
        resources = resources.Select(r => new { r.Name, r.State, r.Address, r.Process, r.Restarts }),
    }, Format));
}
