using Ums.AppHost;
using Ums.Local.Launch;
using Xunit;

namespace Ums.Local.Tests.Launch;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ums-state-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void a_second_launcher_is_told_of_the_first()
    {
        using var first = StateDirectory.Open(directory, reset: false);
        var refusal = Assert.Throws<LaunchException>(() => StateDirectory.Open(directory, reset: false));
        Assert.Contains("Another ./run uses", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_reset_removes_data_and_keys_and_nothing_else()
    {
        Directory.CreateDirectory(Path.Combine(directory, "postgres", "data"));
        File.WriteAllText(Path.Combine(directory, "keys.json"), "{}");
        File.WriteAllText(Path.Combine(directory, "mine.txt"), "kept");
        var elsewhere = Directory.CreateDirectory(Path.Combine(directory, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(directory, "rabbitmq"), elsewhere);

        using var state = StateDirectory.Open(directory, reset: true);

        Assert.Equal(["lock", "logs", "mine.txt"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void keys_are_made_once_and_only_their_owner_reads_them()
    {
        var file = Path.Combine(directory, "keys.json");
        var first = Keys.Open(file, "Pins", "Tokens");
        var second = Keys.Open(file, "Pins", "Captcha");

        Assert.Equal(first["Pins"], second["Pins"]);
        Assert.Equal(32, Convert.FromBase64String(second["Captcha"]).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
