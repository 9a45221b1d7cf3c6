namespace Ums.Gateway.Language;

internal static class LocalPath
{
    /// <summary>
    /// The given path if it stays on this site, otherwise the first page. Only what our own links need: a path and query of ordinary characters, so that no
    /// browser can read another host into it.
    /// </summary>
    public static string OrHome(string? path) =>
        path is ['/', ..] && path.Length <= 200 && path.All(Ordinary)
            && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal) ? path : "/";

    private static bool Ordinary(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_' or '?' or '=' or '&' or '.';
}
