using System.Text.RegularExpressions;

namespace Ums.Repository.Tests;

/// <summary>Documents that lie are worse than none: their links lead somewhere, and the commands that they name exist.</summary>
public sealed partial class DocumentRules
{
    public static TheoryData<string> Documents => [.. Sources.Files("", ".md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void links_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Sources.Root, document))!;
        var broken = Link().Matches(Sources.Read(document)).Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));
        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void commands_exist(string document)
    {
        foreach (Match command in Command().Matches(Sources.Read(document)))
        {
            Assert.True(Path.Exists(Path.Combine(Sources.Root, command.Groups[1].Value)), $"{document} names {command.Value}");
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void the_commands_of_the_house_are_there_and_may_be_run(string command)
    {
        var file = Path.Combine(Sources.Root, command);
        Assert.True(File.Exists(file), $"{command} is missing.");
        Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), $"{command} is not executable.");
    }

    [Fact]
    public void ci_runs_what_people_run() => Assert.Contains("./test", Sources.Read(".ci/run"), StringComparison.Ordinal);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // ./run, ./tools/x; dotnet run --project X; dotnet test X
    [GeneratedRegex(@"(?:(?<=^|[\s`])\./(?=\w)|--project |dotnet test )([\w./-]*\w)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
