namespace Ums.Geocoding.Demo;

/// <summary>Chance that falls the same way on every machine and in every version of .NET (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public double Roll()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double least, double most) => least + ((most - least) * Roll());

    public int Between(int least, int most) => least + (int)(Roll() * (most - least + 1));

    public bool Chance(double of) => Roll() < of;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Roll() * from.Count)];
}
