using System.Security.Cryptography;
using System.Text;
using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>The keys of demo addresses: an id that follows from the address itself, and property keys as the Swedish portal shows them.</summary>
internal sealed class AddressKeys
{
    private int nextProperty = 10_200_000;

    public AddressRow Make(string municipality, string place, string street, House house, string postcode) =>
        new(IdOf(municipality, place, street, house), house.Number == 0 ? null : house.Number, house.Letter, postcode, place, house.Position, Gnr: 0, Bnr: 0, Fnr: nextProperty++, Snr: 0);

    private static string IdOf(string municipality, string place, string street, House house)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{municipality}|{place}|{street}|{house.Number}|{house.Letter}"));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}
