using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>Queries about the addresses of a file, of every kind equally many. The same seed gives the same queries.</summary>
internal static class MakeQueries
{
    private const int Attempts = 400;

    /// <param name="what">Kinds with how many queries of them all together.</param>
    public static IReadOnlyList<Query>[] About(string file, ulong seed, params (IReadOnlyList<Kind> Kinds, int Count)[] what)
    {
        var atlas = Atlas.Read(AddressFile.Read(file));
        var (picks, rivals) = (new Picks(atlas), new Rivals(atlas));
        var made = what.Select((set, number) => Make(atlas, picks, rivals, seed + ((ulong)number << 32), set.Kinds, set.Count)).ToArray();
        var ids = Ids(file, made.SelectMany(set => set).Where(one => !one.Kind.Nowhere).Select(one => one.Draft.Door.Line).ToHashSet());
        return [.. made.Select(set => set.Select(one => one.Draft.ToQuery(one.Kind.Nowhere ? "" : ids[one.Draft.Door.Line], one.Kind.Name)).ToList())];
    }

    private static List<(Kind Kind, Draft Draft)> Make(Atlas atlas, Picks picks, Rivals rivals, ulong seed, IReadOnlyList<Kind> kinds, int count)
    {
        var made = new (Kind Kind, Draft? Draft)[count];
        // Each has dice of its own: it comes out the same whichever processor makes it.
        Parallel.For(0, count, i =>
        {
            var kind = kinds[i % kinds.Count];
            made[i] = (kind, Make(atlas, picks, rivals, kind, DiceFor(seed, i)));
        });
        return [.. made.Where(one => one.Draft is not null).Select(one => (one.Kind, one.Draft!))];
    }

    // Dice whose seeds lie a step apart fall alike, one roll later; so the seed is stirred first.
    private static Dice DiceFor(ulong seed, int query)
    {
        var stirred = (seed ^ (ulong)query) * 0xD1B54A32D192ED03;
        stirred = (stirred ^ (stirred >> 29)) * 0x94D049BB133111EB;
        return new Dice(stirred ^ (stirred >> 32) ^ ((ulong)query << 40));
    }

    /// <returns>Null where the addresses have nothing to make it of, as Norwegian ones of a Swedish file.</returns>
    private static Draft? Make(Atlas atlas, Picks picks, Rivals rivals, Kind kind, Dice dice)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var door = kind.Pick is null ? picks.Any(dice) : kind.Pick(picks, dice);
            if (door is not { } drawn)
            {
                return null;
            }

            var draft = new Draft(atlas, dice, drawn);
            if (kind.Distort(draft) && (kind.Nowhere || !rivals.Any(draft)))
            {
                draft.Case = dice.Roll() switch
                {
                    < 0.8 => text => text,
                    < 0.96 => text => text.ToLowerInvariant(),
                    _ => text => text.ToUpperInvariant(),
                };
                return draft;
            }
        }

        return null;
    }

    private static Dictionary<int, string> Ids(string file, HashSet<int> lines)
    {
        var (ids, line) = (new Dictionary<int, string>(), 0);
        foreach (var row in AddressFile.Read(file))
        {
            if (lines.Contains(line))
            {
                ids[line] = row.Id;
            }

            line++;
        }

        return ids;
    }
}
