namespace Ums.Geocoding.Search;

/// <summary>A house with what was found out about it.</summary>
/// <param name="Street">Its street's name.</param>
/// <param name="Cost">All corrections together, in edits: 0 is what was typed.</param>
internal readonly record struct ScoredHouse(int House, int StreetId, StreetFit Street, HouseFit Number, float PostcodeCost, float PlaceCost, float Cost)
{
    /// <summary>1 for what was typed, less for every correction.</summary>
    public double Score => Math.Exp(-Cost / 5);
}
