namespace Ums.Gateway.Security;

/// <summary>Which addresses are for programs and which for people: they get different errors and different policies.</summary>
internal static class Surfaces
{
    private static readonly string[] ForPrograms = ["/api", "/connect", "/.well-known", "/webhooks", "/speech", "/health", "/alive", "/metrics", "/internal"];

    public static bool IsData(PathString path) => ForPrograms.Any(prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
