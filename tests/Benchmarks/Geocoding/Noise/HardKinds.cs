using static Ums.Benchmarks.Geocoding.Noise.Kind;
using static Ums.Benchmarks.Geocoding.Noise.Layouts;
using static Ums.Benchmarks.Geocoding.Noise.NameFaults;
using static Ums.Benchmarks.Geocoding.Noise.NowhereFaults;
using static Ums.Benchmarks.Geocoding.Noise.PlaceFaults;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>What people type on a bad day, and addresses that are not.</summary>
internal static class HardKinds
{
    public static readonly IReadOnlyList<Kind> All =
    [
        new("no_match_invented_street", InventedStreet, (picks, dice) => picks.Numbered(dice), Nowhere: true),
        new("no_match_number_far_beyond", NumberFarBeyond, (picks, dice) => picks.Numbered(dice), Nowhere: true),
        new("no_match_street_of_elsewhere", StreetOfElsewhere, (picks, dice) => picks.Numbered(dice), Nowhere: true),
        new("old_postcode_typo", Kind.All(Typo, OldPostcode)),
        new("municipality_for_place_typo", Kind.All(Typo, NoPostcode, Municipality)),
        new("district_for_place", Kind.All(Perhaps(0.5, Typo), OneOf(WrongPostcode, NoPostcode, _ => true), District)),
        new("farm_name", Kind.All(Farm, Perhaps(0.5, NoPostcode)), (picks, dice) => picks.Farm(dice)),
        new("one_field", Kind.All(Perhaps(0.4, Typo), Perhaps(0.2, NumberFormat), LaidOut(RunTogether, RunTogether, WithoutCommas, PlaceFirst, PostcodeLast))),
        new("three_typos", ThreeTypos),
        new("abbreviation_typo_no_postcode", Kind.All(TypoInStem, Abbreviation, NoPostcode)),
        new("norwegian", Kind.All(Norwegian, Perhaps(0.5, Typo), OneOf(NoPostcode, NoPlace, _ => true)), (picks, dice) => picks.Norwegian(dice)),
        new("twin_street_typo", Kind.All(Typo, OneOf(NoPostcode, NoPlace)), (picks, dice) => picks.Twin(dice)),
        new("letter_left_out_typo", Kind.All(Perhaps(0.7, Typo), NoLetter), (picks, dice) => picks.Lettered(dice)),
        new("number_first_typo", Kind.All(Typo, LaidOut(NumberBeforeStreet)), (picks, dice) => picks.Numbered(dice)),
        new("two_digits_wrong_no_place_typo", Kind.All(Typo, TwoDigitsWrong, NoPlace)),
        new("sibling_street_typo", Kind.All(TypoInStem, OneOf(NoPostcode, WrongPostcode)), (picks, dice) => picks.Sibling(dice)),
        new("transliterated_wrong_postcode_no_place", Kind.All(Transliterated, WrongPostcode, NoPlace)),
        new("sound_alike_typo_wrong_postcode_bad_place", Kind.All(SoundAlike, Typo, Perhaps(0.6, NoDiacritics), WrongPostcode, OneOf(NoPlace, PlaceTypo))),
        new("place_typo_street_typo_no_postcode", Kind.All(Typo, PlaceTypo, NoPostcode)),
    ];
}
