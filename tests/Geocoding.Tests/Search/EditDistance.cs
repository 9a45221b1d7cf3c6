namespace Ums.Geocoding.Tests.Search;

/// <summary>The table as it is taught: what <see cref="Ums.Geocoding.Search.LetterPattern"/> does by bits must give the same.</summary>
internal static class EditDistance
{
    public static int Between(string left, string right)
    {
        if (left == right)
        {
            return 0;
        }

        var before = new int[right.Length + 1];
        var above = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            above[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = above[column - 1] + (left[line - 1] == right[column - 1] ? 0 : 1);
                row[column] = Math.Min(change, Math.Min(above[column], row[column - 1]) + 1);
                var swapped = line > 1 && column > 1 && left[line - 1] == right[column - 2] && left[line - 2] == right[column - 1];
                if (swapped)
                {
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }
}
