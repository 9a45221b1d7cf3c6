using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>The pages' sources are read as they stand in the repository.</summary>
public sealed partial class TextsTests
{
    private static readonly string Gateway = Path.Combine(Ums.Testing.CommittedDocument.Root, "gateway");
    private static readonly Dictionary<string, string> English =
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Gateway, "Language", "Texts.en.json")))!;

    private static readonly HashSet<string> Used = [.. Directory.EnumerateFiles(Gateway, "*.cs*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith(".csproj", StringComparison.Ordinal))
        .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))];

    [Fact]
    public void every_swedish_sentence_has_an_english_one() => Assert.Empty(Used.Except(English.Keys));

    [Fact]
    public void no_english_sentence_is_left_over() => Assert.Empty(English.Keys.Except(Used));

    [Fact]
    public void both_languages_have_the_same_places_for_values() =>
        Assert.All(English, pair => Assert.Equal(Places(pair.Key), Places(pair.Value)));

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex("""(?:\b[Tt]\[|Texts\.Key\()"((?:[^"\\]|\\.)*)"[\],)]""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
