using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>A kind of noise: what is done to an address, in order, where it can be.</summary>
/// <param name="Distort">False where this address cannot be distorted so; another is drawn.</param>
/// <param name="Pick">Which addresses; any where it is left out.</param>
/// <param name="Nowhere">What comes out is nobody's address.</param>
internal sealed record Kind(string Name, Func<Draft, bool> Distort, Func<Picks, Dice, Door?>? Pick = null, bool Nowhere = false)
{
    /// <summary>One after the other, each of which must find something to do.</summary>
    public static Func<Draft, bool> All(params Func<Draft, bool>[] faults) => draft => faults.All(fault => fault(draft));

    public static Func<Draft, bool> OneOf(params Func<Draft, bool>[] faults) => draft => draft.Dice.Pick(faults)(draft);

    public static Func<Draft, bool> Perhaps(double chance, Func<Draft, bool> fault) => draft => !draft.Dice.Chance(chance) || fault(draft);

    public static Func<Draft, bool> LaidOut(params Func<Draft, (string, string, string, string)>[] layouts) => draft =>
    {
        draft.Layout = draft.Dice.Pick(layouts);
        return true;
    };

    /// <summary>Several, each once and in an order in which none undoes another.</summary>
    public static Func<Draft, bool> Several(int least, int most, params Func<Draft, bool>[] ordered) => draft =>
    {
        var count = draft.Dice.Between(least, most);
        var chosen = Enumerable.Range(0, ordered.Length).OrderBy(_ => draft.Dice.Roll()).Take(count).Order().ToList();
        return chosen.All(fault => ordered[fault](draft));
    };
}
