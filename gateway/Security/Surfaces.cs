namespace Ums.Gateway.Security;

/// <summary>Which addresses are for programs and which for people: they get different errors and different policies.</summary>
internal static class Surfaces
{
    private static readonly string[] ForPrograms = ["/api", "/connect", "/.well-known", "/webhooks", "/speech", "/health", "/alive", "/metrics", "/internal"];

    /// <summary>The one form that may be long; who sends it says how long.</summary>
    public const string RegisterFile = "/admin/register/fil";

    public static bool TakesFiles(PathString path) => path.Equals(RegisterFile, StringComparison.OrdinalIgnoreCase);

    public static bool IsData(PathString path) => ForPrograms.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
