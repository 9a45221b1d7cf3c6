namespace Ums.Geocoding.Indexing;

/// <summary>The addresses, street by street, within each by number and letter.</summary>
/// <param name="numbers">0 where there is none: a farm, a village.</param>
/// <param name="letters">Index into <paramref name="letterTexts"/>, which begins with the empty one.</param>
internal sealed class HouseTable(
    ushort[] numbers, ushort[] letters, ushort[] postcodes, ushort[] north, ushort[] east, HouseDetails details, string[] letterTexts)
{
    private readonly ushort[] letterKeys = KeysOf(letterTexts);

    public int Count => numbers.Length;

    public ReadOnlySpan<ushort> Numbers => numbers;

    public int PostcodeOf(int house) => postcodes[house];

    public int NumberOf(int house) => numbers[house];

    public string? LetterOf(int house) => letters[house] == 0 ? null : letterTexts[letters[house]];

    /// <summary>0 where the house has no letter; the same for "b" and "B".</summary>
    public int LetterKeyOf(int house) => letterKeys[letters[house]];

    /// <returns>The key of a letter; -1 where no house has it, and 0 for none.</returns>
    public int LetterKeyOf(string? letter)
    {
        if (string.IsNullOrEmpty(letter))
        {
            return 0;
        }

        for (var i = 1; i < letterTexts.Length; i++)
        {
            if (string.Equals(letterTexts[i], letter, StringComparison.OrdinalIgnoreCase))
            {
                return letterKeys[i];
            }
        }

        return -1;
    }

    public (double Latitude, double Longitude) PositionOf(int house, Corner corner) => corner.At(north[house], east[house]);

    public HouseDetails.Row DetailsOf(int house) => details[house];

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(numbers);
        snapshot.Write(letters);
        snapshot.Write(postcodes);
        snapshot.Write(north);
        snapshot.Write(east);
        details.Write(snapshot);
        TextTable.Of(letterTexts).Write(snapshot);
    }

    public static HouseTable Read(SnapshotReader snapshot)
    {
        var (numbers, letters, postcodes, north, east) =
            (snapshot.Read<ushort>(), snapshot.Read<ushort>(), snapshot.Read<ushort>(), snapshot.Read<ushort>(), snapshot.Read<ushort>());
        var details = HouseDetails.Read(snapshot);
        var texts = TextTable.Read(snapshot);
        return new HouseTable(numbers, letters, postcodes, north, east, details, [.. Enumerable.Range(0, texts.Count).Select(i => texts[i])]);
    }

    private static ushort[] KeysOf(string[] texts)
    {
        var keys = new ushort[texts.Length];
        for (var i = 1; i < texts.Length; i++)
        {
            keys[i] = (ushort)(string.Equals(texts[i], texts[i - 1], StringComparison.OrdinalIgnoreCase) ? keys[i - 1] : i);
        }

        return keys;
    }
}
