namespace Ums.Faults;

/// <summary>Services whose clock differs from the database's, the broker's and everybody else's (F10), by libfaketime of Debian's package <c>faketime</c>.</summary>
internal static class WrongClock
{
    /// <param name="ahead">Before it where negative.</param>
    /// <exception cref="InvalidOperationException">The library is not installed.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Settings(TimeSpan ahead)
    {
        if (ahead == TimeSpan.Zero)
        {
            return [];
        }
        var library = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("A wrong clock needs libfaketime: apt-get install faketime");
        // Timers run on the monotonic clock, which nobody sets wrong.
        return [new("LD_PRELOAD", library), new("FAKETIME", $"{ahead.TotalSeconds:+0;-0}s"), new("DONT_FAKE_MONOTONIC", "1"), new("FAKETIME_DONT_FAKE_MONOTONIC", "1")];
    }
}
