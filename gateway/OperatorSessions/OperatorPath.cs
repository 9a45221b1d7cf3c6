using Ums.Gateway.Language;

namespace Ums.Gateway.OperatorSessions;

internal static class OperatorPath
{
    /// <summary>The given path if it is one of the operators' pages, otherwise their first.</summary>
    public static string OrStart(string? path) => LocalPath.OrHome(path) is var local && local.StartsWith("/admin", StringComparison.Ordinal) ? local : "/admin";
}
