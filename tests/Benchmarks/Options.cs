using System.Globalization;

namespace Ums.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options
{
    /// <summary>Of each phase.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests under way at once in a closed loop.</summary>
    public int Connections { get; init; } = 16;

    public int PageRate { get; init; } = 300;

    public int PinRate { get; init; } = 100;

    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
            options = arguments[i] switch
            {
                "--seconds" => options with { Length = TimeSpan.FromSeconds(value) },
                "--connections" => options with { Connections = value },
                "--page-rate" => options with { PageRate = value },
                "--pin-rate" => options with { PinRate = value },
                var other => throw new ArgumentException($"{other} is not an option."),
            };
        }
        return options;
    }
}
