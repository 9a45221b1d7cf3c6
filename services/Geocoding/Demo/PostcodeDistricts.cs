using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>Cuts a town into one district for each of its postcodes; an address has that of the nearest middle.</summary>
internal sealed class PostcodeDistricts
{
    private readonly (Position Middle, string Postcode)[] districts;

    public PostcodeDistricts(Locality locality, double radius, Dice dice)
    {
        var postcodes = locality.PostcodeList;
        // A sunflower's seeds: evenly over the disc, whatever the number.
        districts = [.. postcodes.Select((postcode, index) =>
        {
            var (distance, angle) = (radius * Math.Sqrt((index + 0.5) / postcodes.Count), index * 2.399963 + dice.Between(-0.1, 0.1));
            return (Ground.Offset(locality.Centre, Math.Cos(angle) * distance, Math.Sin(angle) * distance), postcode);
        })];
    }

    public string At(Position position) => districts.MinBy(district => Ground.Metres(district.Middle, position)).Postcode;
}
