using System.Numerics;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>All names that streets have; finds the near ones by looking at each, which is slow and leaves none out.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<int, (string Name, ulong Letters)[]> byLength;
    private readonly HashSet<string> all;

    public Vocabulary(IEnumerable<string> names)
    {
        all = [.. names];
        byLength = all.GroupBy(name => name.Length).ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).Select(name => (name, Letters(name))).ToArray());
    }

    public bool Has(string name) => all.Contains(name);

    public List<string> Within(string name, int edits)
    {
        if (edits <= 0)
        {
            return all.Contains(name) ? [name] : [];
        }

        var found = new List<string>();
        var letters = Letters(name);
        for (var length = name.Length - edits; length <= name.Length + edits; length++)
        {
            foreach (var (other, has) in byLength.GetValueOrDefault(length) ?? [])
            {
                // An edit brings at most one letter in and takes one out.
                if (BitOperations.PopCount(letters & ~has) <= edits && BitOperations.PopCount(has & ~letters) <= edits && Fold.Edits(name, other, edits) <= edits)
                {
                    found.Add(other);
                }
            }
        }

        return found;
    }

    public IEnumerable<string> BeginningWith(string start) =>
        byLength.Where(pair => pair.Key >= start.Length).SelectMany(pair => pair.Value).Select(pair => pair.Name).Where(name => name.StartsWith(start, StringComparison.Ordinal));

    private static ulong Letters(string name) => name.Aggregate(0UL, (bits, letter) => bits | (1UL << (letter % 64)));
}
