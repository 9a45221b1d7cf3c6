namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>
/// Names made comparable for whoever makes the queries. On purpose not the matcher's own folding: a question should not know how it will be answered.
/// </summary>
internal static class Fold
{
    /// <summary>Small letters and digits, nothing else.</summary>
    public static string Strict(string name) => string.Create(name.Count(char.IsLetterOrDigit), name, (letters, from) =>
    {
        var at = 0;
        foreach (var letter in from)
        {
            if (char.IsLetterOrDigit(letter))
            {
                letters[at++] = char.ToLowerInvariant(letter);
            }
        }
    });

    /// <summary>And letters with rings, dots and strokes without them.</summary>
    public static string Loose(string name) => string.Create(Strict(name).Length, Strict(name), (letters, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            letters[i] = from[i] switch
            {
                'å' or 'ä' or 'æ' or 'á' or 'à' => 'a',
                'ö' or 'ø' or 'ó' => 'o',
                'é' or 'è' or 'ë' => 'e',
                'ü' => 'u',
                var other => other,
            };
        }
    });

    /// <summary>Edits between two names: a letter changed, gained, lost or swapped with its neighbour. Stops counting above <paramref name="most"/>.</summary>
    public static int Edits(string left, string right, int most = int.MaxValue - 1)
    {
        if (Math.Abs(left.Length - right.Length) > most)
        {
            return most + 1;
        }

        Span<int> before = stackalloc int[right.Length + 1], above = stackalloc int[right.Length + 1], row = stackalloc int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            above[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            var least = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = Math.Min(above[column - 1] + (left[line - 1] == right[column - 1] ? 0 : 1), Math.Min(above[column], row[column - 1]) + 1);
                if (line > 1 && column > 1 && left[line - 1] == right[column - 2] && left[line - 2] == right[column - 1])
                {
                    cost = Math.Min(cost, before[column - 2] + 1);
                }

                row[column] = cost;
                least = Math.Min(least, cost);
            }

            if (least > most)
            {
                return most + 1;
            }

            var free = before;
            before = above;
            above = row;
            row = free;
        }

        return above[right.Length];
    }
}
