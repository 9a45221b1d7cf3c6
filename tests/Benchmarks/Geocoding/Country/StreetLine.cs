using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>A gently bent line on the ground, and places beside it.</summary>
internal readonly struct StreetLine
{
    private readonly double latitude, longitude, heading, bend;

    public StreetLine(Dice dice, PostcodeArea area, double spreadKilometres)
    {
        latitude = area.Latitude + (Houses.Normal(dice) * spreadKilometres / 111.2);
        longitude = area.Longitude + (Houses.Normal(dice) * spreadKilometres / (111.2 * Math.Cos(area.Latitude * Math.PI / 180)));
        heading = dice.Between(0, 2 * Math.PI);
        bend = dice.Between(-0.0004, 0.0004);
    }

    public (double Latitude, double Longitude) At(House house)
    {
        var aside = house.Number is { } number ? (number % 2 == 0 ? 15 : -15) : 0;
        var angle = heading + (bend * house.Metres);
        var (east, north) = ((house.Metres * Math.Cos(angle)) - (aside * Math.Sin(angle)), (house.Metres * Math.Sin(angle)) + (aside * Math.Cos(angle)));
        return (Math.Round(latitude + (north / 111_200), 6), Math.Round(longitude + (east / (111_200 * Math.Cos(latitude * Math.PI / 180))), 6));
    }
}
