using CsCheck;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Tests.Indexing;

/// <summary>Indexes of made-up addresses, without a database.</summary>
internal static class SmallIndex
{
    private static readonly Gen<string> Name = OneOf("Storgatan", "Häggatan", "Haggatan", "Sankt Eriksgatan", "S:t Eriksgatan", "Norrgården", "Å", "🏠", "Ringvägen, norra delen av den mycket långa vägen som aldrig vill ta slut");

    /// <summary>Ids of every kind: a UUID, a number, text with signs of several bytes.</summary>
    private static readonly Gen<string> Id = Gen.OneOf(Gen.Guid.Select(uuid => uuid.ToString()), Gen.ULong.Select(number => $"{number}"), Gen.String[Gen.Char["aö0-☃"], 1, 20]);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    public static Gen<AddressRecord[]> Records { get; } =
        Gen.Select(
            Gen.Select(Id, Name, Gen.Int[0, 40].Select(number => number == 0 ? (int?)null : number * 37), OneOf("", "a", "B", "b", "UH").Select(letter => letter.Length == 0 ? null : letter)),
            Gen.Select(OneOf("11343", "94132", "0155"), OneOf("Stockholm", "Piteå", "Oslo"), OneOf("0180", "2581", "1860")),
            Gen.Select(Gen.Double[55, 71], Gen.Double[4, 31]),
            Gen.Select(Gen.Int[0, 99_999].Nullable(), Gen.Int[0, 9999].Nullable(), Gen.Int[0, int.MaxValue].Nullable(), Gen.Int[0, 9].Nullable()),
            (who, where, at, keys) => new AddressRecord(
                who.Item1, who.Item2, who.Item3, who.Item4, where.Item1, where.Item2, where.Item3, at.Item1, at.Item2, keys.Item1, keys.Item2, keys.Item3, keys.Item4))
        .Array[0, 200].Select(records => records.DistinctBy(record => record.Id).ToArray());

    public static AddressIndex Of(IEnumerable<AddressRecord> records)
    {
        var builder = new AddressIndexBuilder(MunicipalityNames.Scandinavian);
        foreach (var record in records)
        {
            builder.Add(record);
        }

        return builder.Build();
    }

    public static IEnumerable<IndexedAddress> All(AddressIndex index) => Enumerable.Range(0, index.Houses.Count).Select(index.AddressOf);
}
