using System.Text.RegularExpressions;

namespace Ums.Repository.Tests;

/// <summary>House rules that can be read off the files.</summary>
public sealed partial class SourceRules
{
    private const int LongestFile = 250;
    private static readonly string[] Product = ["services", "gateway", "ServiceDefaults"];

    [Fact]
    public void time_comes_from_the_clock_that_tests_can_set() =>
        AssertNone(ProductFiles(".cs"), SystemClock());

    [Fact]
    public void messages_leave_through_the_outbox_only() =>
        AssertNone(ProductFiles(".cs").Where(file => !file.EndsWith("OutboxRoads.cs", StringComparison.Ordinal)), DirectPublish());

    /// <summary>Sending to a queue's own address makes MassTransit declare a quorum queue as a classic one and hang; delayed redelivery needs a plug-in that is not there.</summary>
    [Fact]
    public void what_was_measured_to_hang_is_not_used() => AssertNone(ProductFiles(".cs"), Hanging());

    /// <summary>Connections go from one use to the next as they are (UmsDatabase): what one set for its session the next would have.</summary>
    [Fact]
    public void what_is_set_in_the_database_ends_with_the_transaction() => AssertNone(ProductFiles(".cs").Concat(ProductFiles(".sql")), SessionState());

    [Fact]
    public void no_file_is_longer_than_anyone_likes_to_read()
    {
        var tooLong = Sources.Files("", ".cs", ".cshtml", ".mjs", ".sh")
            .Select(file => (file, lines: Sources.Read(file).Count(character => character == '\n')))
            .Where(file => file.lines > LongestFile);
        Assert.Empty(tooLong);
    }

    /// <summary>What escapes a background service ends its process: EF Core for one throws another exception once its retries are over than it does before.</summary>
    [Fact]
    public void no_background_service_dies_of_what_it_did_not_foresee()
    {
        var services = ProductFiles(".cs").Where(file => Background().IsMatch(Sources.Read(file))).ToList();
        Assert.NotEmpty(services);
        Assert.All(services, file => Assert.Matches(CatchesAll(), Sources.Read(file)));
        Assert.All(services, file => Assert.DoesNotMatch(CatchesSome(), Execute().Match(Sources.Read(file)).Value));
    }

    [Fact]
    public void nothing_names_a_registry_or_a_path_of_one_machine()
    {
        // In pieces, so that this file passes its own rule.
        string[] words = ["registry." + "npmjs", "api.nuget" + ".org", "/" + "work/", "/" + "root/", "/" + "home/", "C:" + "\\\\Users"];
        var found = Sources.Files("", ".cs", ".csproj", ".props", ".targets", ".json", ".md", ".mjs", ".js", ".sh", ".sql", ".yaml", ".yml", "")
            .SelectMany(file => words.Where(word => Sources.Read(file).Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{file}: {word}"));
        Assert.Empty(found);
    }

    [Fact]
    public void nothing_is_left_to_do()
    {
        var marks = new Regex(@"\b(TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX)\b");
        AssertNone(Sources.Files("", ".cs", ".cshtml", ".mjs", ".sql", ".md", ".css"), marks);
    }

    [Fact]
    public void every_project_is_in_the_solution()
    {
        var solution = Sources.Read("Ums.slnx");
        Assert.All(Sources.Files("", ".csproj"), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void no_service_references_another()
    {
        foreach (var service in Sources.Services.Append("gateway"))
        {
            var project = Sources.Files(Sources.FolderOf(service), ".csproj").Single();
            foreach (Match reference in ProjectReference().Matches(Sources.Read(project)))
            {
                Assert.Contains(Path.GetFileNameWithoutExtension(reference.Groups[1].Value), new[] { "Ums.ServiceDefaults", "Ums.Messages" });
            }
        }
    }

    private static IEnumerable<string> ProductFiles(string extension) => Product.SelectMany(folder => Sources.Files(folder, extension));

    private static void AssertNone(IEnumerable<string> files, Regex pattern) => Assert.Empty(files
        .SelectMany(file => Sources.Read(file).Split('\n').Select((line, number) => (file, line, number: number + 1)))
        .Where(line => pattern.IsMatch(line.line))
        .Select(line => $"{line.file}:{line.number}: {line.line.Trim()}"));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bI(Bus|PublishEndpoint|SendEndpointProvider|SendEndpoint)\b(?!Registration|Control|Depot)|context\.(Publish|Send|RespondAsync)")]
    private static partial Regex DirectPublish();

    [GeneratedRegex("\"queue:|UseDelayedRedelivery|UseScheduledRedelivery|AddDelayedMessageScheduler")]
    private static partial Regex Hanging();

    [GeneratedRegex(@"set_config\([^()]*,\s*false\s*\)|""\s*(set\s+(?!local\b)\w+\s*(=|to\b)|set\s+(session|role)\b|reset\s+\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex SessionState();

    [GeneratedRegex(@"class \w+(\([^{;]*\))?\s*:\s*BackgroundService\b")]
    private static partial Regex Background();

    [GeneratedRegex(@"catch \(Exception( \w+)?\)( when \(!\w+\.IsCancellationRequested\))?\r?\n")]
    private static partial Regex CatchesAll();

    [GeneratedRegex(@"Task ExecuteAsync\(.*?\n    (\}|[^ ]*;)", RegexOptions.Singleline)]
    private static partial Regex Execute();

    [GeneratedRegex(@"catch \((?!Exception( \w+)?\)( when \(!\w+\.IsCancellationRequested\))?\r?\n|OperationCanceledException)")]
    private static partial Regex CatchesSome();

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();
}
