using System.Globalization;

namespace Ums.Benchmarks.Geocoding;

/// <summary>What stands on the command line, as "--name value"; each is asked for by its name, and one that nobody asks for is a mistake.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> given = [];

    public Arguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var complete = arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Count;
            if (!complete)
            {
                throw new ArgumentException($"{arguments[i]} is not an option with a value.");
            }

            given[arguments[i][2..]] = arguments[i + 1];
        }
    }

    public string? Text(string name) => given.Remove(name, out var value) ? value : null;

    public int Number(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{name} takes a number.");

    public string Needed(string name) => Text(name) ?? throw new ArgumentException($"--{name} is needed.");

    /// <summary>Call after the last was asked for.</summary>
    public void NoMore()
    {
        if (given.Count > 0)
        {
            throw new ArgumentException($"--{given.Keys.First()} is not an option.");
        }
    }
}
