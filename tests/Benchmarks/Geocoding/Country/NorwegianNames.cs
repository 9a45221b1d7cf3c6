using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>Names for Norwegian streets. A municipality keeps to one written language: veien and gate, or vegen and gata.</summary>
internal sealed class NorwegianNames(Words words)
{
    private readonly Weighted<string> common = Weighted.Falling(words["nocommon"], steepness: 0.8, flatTop: 4);
    private readonly Weighted<string> endings = Weighted.Read(words["noending"]);

    public string Street(Dice dice, bool nynorsk)
    {
        var name = dice.Roll() switch
        {
            < 0.2 => common.Draw(dice),
            < 0.6 => Words.Join(dice.Pick(words["nostem"]), endings.Draw(dice)),
            < 0.92 => Words.Join(Locality(dice), endings.Draw(dice)),
            _ => $"{dice.Pick(words["nofirst"])} {dice.Pick(words["nolast"])}s {(dice.Chance(0.5) ? "vei" : "gate")}",
        };
        return nynorsk ? Nynorsk(name) : Bokmal(name);
    }

    public string Farm(Dice dice) => Locality(dice);

    private string Locality(Dice dice) => Words.Join(dice.Pick(words["nostem"]), dice.Pick(words["nohalf"]));

    private static string Nynorsk(string name) => name
        .Replace("veien", "vegen", StringComparison.Ordinal).Replace(" vei", " veg", StringComparison.Ordinal).Replace(" gate", " gata", StringComparison.Ordinal);

    private static string Bokmal(string name) => name.Replace("vegen", "veien", StringComparison.Ordinal);
}
