using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Addresses;

internal static class GetAddress
{
    /// <param name="Latitude">WGS84 degrees.</param>
    /// <param name="Longitude">WGS84 degrees.</param>
    /// <param name="Gnr">The property's keys, where its country has them.</param>
    public sealed record Response(
        string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
        int? Gnr, int? Bnr, int? Fnr, int? Snr, double Latitude, double Longitude);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string id, AddressesDbContext db, CancellationToken cancellationToken)
    {
        var found = Address.CanBeId(id)
            ? await db.Addresses.AsNoTracking().FirstOrDefaultAsync(address => address.Id == id, cancellationToken)
            : null;
        return found is null
            ? Problems.Problem(StatusCodes.Status404NotFound, "unknown-address", "There is no such address.")
            : TypedResults.Ok(Of(found));
    }

    public static Response Of(Address address) => new(
        address.Id, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.MunicipalityCode,
        address.Gnr, address.Bnr, address.Fnr, address.Snr, address.Latitude, address.Longitude);
}
