namespace Ums.Geocoding.Search;

/// <summary>A street that may be meant.</summary>
/// <param name="Cost">Of its name, postcodes, place and number together, in edits: the least that any of its houses can cost.</param>
internal readonly record struct LikelyStreet(int Street, StreetFit Fit, float PlaceCost, float Cost);
