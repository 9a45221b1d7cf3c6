using Ums.Local.Launch;
using Xunit;

namespace Ums.Local.Tests.Launch;

public class LaunchOptionsTests
{
    [Fact]
    public void without_options_it_is_development_on_8080_with_data_kept()
    {
        var options = LaunchOptions.Parse([]);
        Assert.Equal((8080, "Development", false, true), (options.Port, options.Environment, options.Reset, options.Build));
        Assert.Equal(Path.Combine(Repository.Root, ".local"), options.State);
    }

    [Fact]
    public void every_option_is_understood()
    {
        var options = LaunchOptions.Parse(["--port", "9000", "--reset", "--environment", "Production", "--state", "/tmp/x", "--resources", "/tmp/r", "--no-build", "--backup", "/tmp/b"]);
        Assert.Equal((9000, true, "Production", "/tmp/x", "/tmp/r", false, "/tmp/b"),
            (options.Port, options.Reset, options.Environment, options.State, options.Resources, options.Build, options.Backup));
    }

    [Theory]
    [InlineData("--prot")]
    [InlineData("--port")]
    [InlineData("--port", "eighty")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--backup")]
    [InlineData("--reset", "--restore", "/tmp/x")]
    public void what_is_misspelt_is_said(params string[] arguments) => Assert.Throws<LaunchException>(() => LaunchOptions.Parse(arguments));
}
