namespace Ums.Geocoding.Import;

/// <summary>Where Swedish and Norwegian addresses can be, Svalbard and Jan Mayen included. No place in it stays in it with its axes swapped.</summary>
internal static class Scandinavia
{
    public static bool Has(double latitude, double longitude) => latitude is >= 54.5 and <= 81.5 && longitude is >= -10 and <= 35;
}
