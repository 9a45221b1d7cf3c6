namespace Ums.Geocoding.Indexing;

/// <summary>Numbers that follow each other.</summary>
/// <param name="After">The first that no longer belongs.</param>
internal readonly record struct Stretch(int First, int After)
{
    public int Length => After - First;
}
