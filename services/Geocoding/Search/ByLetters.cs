using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// The streets anywhere whose names share letters in threes with what was typed. The rarest threes are looked at first: "gat" and "väg" say
/// nothing, "jör" much.
/// </summary>
internal static class ByLetters
{
    private const int ReadingsLookedAt = 4, NamesLookedAt = 400, PostingsLookedAt = 8_000, FewestThrees = 3;

    public static void Run(StreetSearch search)
    {
        foreach (var reading in search.Readings[..Math.Min(ReadingsLookedAt, search.Readings.Length)])
        {
            CountShared(search, reading.Plain.Codes);
            ConsiderThoseWithMost(search);
        }
    }

    private static void CountShared(StreetSearch search, ReadOnlySpan<byte> codes)
    {
        Span<int> threes = stackalloc int[LetterCodes.Longest];
        threes = threes[..Trigram.Write(codes, threes)];
        var lists = search.Index.Names.Trigrams;
        threes.Sort((left, right) => lists.LengthOf(left).CompareTo(lists.LengthOf(right)));
        var (looked, used) = (0, 0);
        foreach (var three in threes)
        {
            var names = lists[three];
            if (used >= FewestThrees && looked + names.Length > PostingsLookedAt)
            {
                return;
            }

            looked += names.Length;
            used += names.Length > 0 ? 1 : 0;
            foreach (var plain in names)
            {
                if (search.Shared[plain]++ == 0)
                {
                    search.Sharing.Add(plain);
                }
            }
        }
    }

    private static void ConsiderThoseWithMost(StreetSearch search)
    {
        Span<int> byCount = stackalloc int[LetterCodes.Longest + 1];
        byCount.Clear();
        foreach (var plain in search.Sharing)
        {
            byCount[Math.Min((int)search.Shared[plain], LetterCodes.Longest)]++;
        }

        var (least, many) = (LetterCodes.Longest + 1, 0);
        while (least > 1 && many + byCount[least - 1] <= NamesLookedAt)
        {
            many += byCount[--least];
        }

        foreach (var plain in search.Sharing)
        {
            if (search.Shared[plain] >= least)
            {
                search.Consider(plain);
            }

            search.Shared[plain] = 0;
        }

        search.Sharing.Clear();
    }
}
