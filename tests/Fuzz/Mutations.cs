using System.Diagnostics;

namespace Ums.Fuzz;

/// <summary>Good files made bad at random: the same seed makes the same ones.</summary>
internal sealed class Mutations(string target, int seed)
{
    private static readonly byte[][] Wicked =
    [
        "\""u8.ToArray(), "\"\""u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC3], [0xED, 0xA0, 0x80],
        "NaN"u8.ToArray(), "1e999"u8.ToArray(), "-"u8.ToArray(), "99999999999999999999"u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(), "\\ud800"u8.ToArray(), "null"u8.ToArray(),
        "😀"u8.ToArray(), "=1+1"u8.ToArray(), [.. Enumerable.Repeat((byte)'x', 70_000)], [.. Enumerable.Repeat((byte)',', 300)], [.. Enumerable.Repeat((byte)'[', 100)],
    ];

    private readonly Random random = new(seed);
    private readonly byte[][] seeds = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "seeds", target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public int Seed { get; } = seed;

    /// <param name="time">For so long,</param>
    /// <param name="least">and on until so many inputs have been tried, however slow the machine is.</param>
    /// <returns>How many inputs were tried.</returns>
    /// <exception cref="InvalidOperationException">Something else than a refusal left the target; the input that did it lies in the temporary folder.</exception>
    public int Run(Action<byte[]> parse, TimeSpan time, int least = 1)
    {
        var (started, inputs) = (Stopwatch.GetTimestamp(), 0);
        for (; inputs < least || Stopwatch.GetElapsedTime(started) < time; inputs++)
        {
            var input = Next();
            try
            {
                parse(input);
            }
            catch (Exception e)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"ums-fuzz-{target}-{Seed}-{inputs}");
                File.WriteAllBytes(kept, input);
                throw new InvalidOperationException($"{target}, seed {Seed}, input {inputs} ({kept}): {e.GetType().Name} {e.Message}", e);
            }
        }
        return inputs;
    }

    private byte[] Next()
    {
        var input = seeds[random.Next(seeds.Length)].ToList();
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            Change(input);
        }
        return [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, 60), input.Count - at);
        switch (random.Next(6))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, Wicked[random.Next(Wicked.Length)]);
                break;
        }
    }
}
