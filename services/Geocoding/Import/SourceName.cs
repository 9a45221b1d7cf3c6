using System.Text.RegularExpressions;

namespace Ums.Geocoding.Import;

/// <summary>What a source may be called; the name stands in partitions' bounds and in file names.</summary>
internal static partial class SourceName
{
    public const string Rule = "a source is named by up to 40 of a-z, 0-9, - and ., a letter or digit first";

    public static bool IsGood(string name) => Good().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,39}\z")]
    private static partial Regex Good();
}
