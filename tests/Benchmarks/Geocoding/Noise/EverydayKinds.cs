using static Ums.Benchmarks.Geocoding.Noise.Kind;
using static Ums.Benchmarks.Geocoding.Noise.Layouts;
using static Ums.Benchmarks.Geocoding.Noise.NameFaults;
using static Ums.Benchmarks.Geocoding.Noise.PlaceFaults;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>What people type every day.</summary>
internal static class EverydayKinds
{
    public static readonly IReadOnlyList<Kind> All =
    [
        new("clean", _ => true),
        new("number_format", NumberFormat),
        new("no_diacritics", NoDiacritics),
        new("transliterated", Transliterated),
        new("one_typo", Typo),
        new("two_typos", TwoTypos),
        new("abbreviation", Abbreviation),
        new("spacing", Spacing),
        new("sound_alike", SoundAlike),
        new("wrong_postcode", WrongPostcode),
        new("no_postcode", NoPostcode),
        new("no_place", NoPlace),
        new("wrong_place", WrongPlace),
        new("merged_fields", LaidOut(NumberInStreet, PlaceWithPostcode, PostcodeWithPlace, AllInStreet, WithoutCommas)),
        new("combination", Several(2, 2, Typo, NoDiacritics, Abbreviation, NumberFormat, OneOf(WrongPostcode, NoPostcode), PlaceTypo, LaidOut(NumberInStreet, PlaceWithPostcode, AllInStreet))),
        new("unknown_number", UnknownNumber),
        new("place_typo", PlaceTypo),
        new("several_faults", Several(3, 4,
            OneOf(Typo, TwoTypos), SoundAlike, NoDiacritics, Abbreviation, Spacing, NumberFormat, OneOf(WrongPostcode, NoPostcode), PlaceTypo, LaidOut(NumberInStreet, PostcodeWithPlace, AllInStreet))),
        new("street_only", Kind.All(NoPostcode, NoPlace, Perhaps(0.5, NoNumber), LaidOut(Layouts.Fields, NumberInStreet))),
        new("no_number", NoNumber),
        new("prefix", Prefix),
        new("flat_and_floor", FlatAndFloor),
    ];
}
