using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Ums.Geocoding.Addresses;

namespace Ums.Geocoding.Demo;

/// <summary>Addresses drawn at random, the same ones for the same seed: homes for the demo register's people.</summary>
internal static class SampleAddresses
{
    public static async Task<GetAddress.Response[]> Handle(
        [FromQuery, RegularExpression("^[0-9]{4}$")] string? municipality,
        [FromQuery, Range(1, 50_000)] int? count,
        [FromQuery] int? seed,
        AddressesDbContext db, CancellationToken cancellationToken)
    {
        var (salt, limit) = ((seed ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture), count ?? 100);
        var rows = await db.Addresses
            .FromSql($"""
                select id, street, number, letter, postcode, place, municipality_code, latitude, longitude, gnr, bnr, fnr, snr from addresses
                where {municipality}::text is null or municipality_code = {municipality} order by md5(id || {salt}), id limit {limit}
                """)
            .AsNoTracking().ToListAsync(cancellationToken);
        return [.. rows.Select(GetAddress.Of)];
    }
}
