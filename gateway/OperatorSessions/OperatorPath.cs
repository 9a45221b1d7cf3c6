using Ums.Gateway.Language;

namespace Ums.Gateway.OperatorSessions;

internal static class OperatorPath
{
    /// <summary>The sign-in that leads to the page.</summary>
    public static string SignIn(string then) => $"/admin/logga-in?tillbaka={Uri.EscapeDataString(then)}";

    /// <summary>The given path if it is one of the operators' pages, otherwise their first.</summary>
    public static string OrStart(string? path) => LocalPath.OrHome(path) is var local && local.StartsWith("/admin", StringComparison.Ordinal) ? local : "/admin";
}
