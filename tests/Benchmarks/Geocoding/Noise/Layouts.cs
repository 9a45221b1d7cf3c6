using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>The ways in which people fill four fields, or one.</summary>
internal static class Layouts
{
    public static (string, string, string, string) Fields(Draft draft) => (draft.Name, draft.WrittenNumber, draft.WrittenPostcode, draft.Place ?? "");

    public static (string, string, string, string) NumberInStreet(Draft draft) => (Line(draft), "", draft.WrittenPostcode, draft.Place ?? "");

    public static (string, string, string, string) NumberBeforeStreet(Draft draft) => ($"{draft.WrittenNumber} {draft.Name}", "", draft.WrittenPostcode, draft.Place ?? "");

    public static (string, string, string, string) PlaceWithPostcode(Draft draft) => (Line(draft), "", Both(draft), "");

    public static (string, string, string, string) PostcodeWithPlace(Draft draft) => (draft.Name, draft.WrittenNumber, "", Both(draft));

    public static (string, string, string, string) AllInStreet(Draft draft) => ($"{Line(draft)}, {Both(draft)}".TrimEnd(' ', ','), "", "", "");

    public static (string, string, string, string) WithoutCommas(Draft draft) => ($"{Line(draft)} {Both(draft)}".Trim(), "", "", "");

    public static (string, string, string, string) PlaceFirst(Draft draft) => ($"{Both(draft)}, {Line(draft)}".TrimStart(' ', ','), "", "", "");

    public static (string, string, string, string) PostcodeLast(Draft draft) => ($"{Line(draft)} {draft.Place} {draft.WrittenPostcode}".Trim(), "", "", "");

    /// <summary>storgatan12b,11356stockholm</summary>
    public static (string, string, string, string) RunTogether(Draft draft) =>
        ($"{draft.Name}{draft.WrittenNumber},{draft.Postcode}{draft.Place}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant().TrimEnd(','), "", "", "");

    public static string Written(Dice dice, string postcode, bool norwegian) => (norwegian || postcode.Length != 5) ? postcode : dice.Roll() switch
    {
        < 0.45 => postcode,
        < 0.93 => $"{postcode[..3]} {postcode[3..]}",
        < 0.97 => $"SE-{postcode[..3]} {postcode[3..]}",
        _ => $"SE-{postcode}",
    };

    private static string Line(Draft draft) => $"{draft.Name} {draft.WrittenNumber}".TrimEnd();

    private static string Both(Draft draft) => $"{draft.WrittenPostcode} {draft.Place}".Trim();
}
