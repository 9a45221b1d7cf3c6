using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Search;

/// <summary>
/// Streets that a query may mean, by routes that do not depend on each other: a wrong postcode cannot hide the right name, nor a misspelt
/// name the right postcode.
/// </summary>
internal sealed class FindStreets(NpgsqlDataSource database, KnownPlaces places)
{
    private const int KeptForHouses = 40;

    private const string Routes = """
        with found as (
            (select id from streets where plain = any(@names) limit 600)
            union
            select near.id from unnest(@near) as name(plain) cross join lateral
                (select id from streets order by streets.plain <-> name.plain limit 40) as near
            union
            (select id from streets where @name <> '' and plain like @name || '%' limit 60)
            union
            (select id from streets where postcodes @> array[@postcode] limit 200)
            union
            (select id from streets where place_plain = @place order by plain <-> @name limit 30)
            union
            (select id from streets where municipality_code = any(@municipalities) order by plain <-> @name limit 30))
        select id, name, key, plain, municipality_code, place_plain, postcodes from found join streets using (id)
        """;

    public async Task<IReadOnlyList<LikelyStreet>> RunAsync(AddressQuery query, IReadOnlySet<string> municipalities, CancellationToken cancellationToken)
    {
        var names = query.Names.Select(name => name.Plain).Distinct().ToArray();
        var known = await places.GetAsync(cancellationToken);
        await using var command = database.CreateCommand(Routes);
        command.Parameters.Add(new("names", names));
        command.Parameters.Add(new("near", names.Take(4).ToArray()));
        command.Parameters.Add(new("name", names[0]));
        command.Parameters.Add(new("postcode", NpgsqlDbType.Text) { Value = query.Postcode ?? "" });
        command.Parameters.Add(new("place", NpgsqlDbType.Text) { Value = query.PlacePlain ?? "" });
        command.Parameters.Add(new("municipalities", municipalities.Concat(known.CodesOf(query.PlacePlain)).Distinct().ToArray()));

        var found = new List<LikelyStreet>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var code = rows.GetString(4);
            found.Add(Judge(query, municipalities, new StreetCandidate(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), code, known.MunicipalityOf(code), rows.GetString(5),
                rows.GetFieldValue<string[]>(6))));
        }

        return [.. found.OrderByDescending(street => street.Score).ThenBy(street => street.Street.Id).Take(KeptForHouses)];
    }

    private static LikelyStreet Judge(AddressQuery query, IReadOnlySet<string> municipalities, StreetCandidate street)
    {
        var fit = StreetFit.Of(query, street.Key, street.Plain);
        var score = fit.Similarity
            + (query.Postcode is not null && street.Postcodes.Contains(query.Postcode) ? 0.3 : 0)
            + (query.PlacePlain is not null && (query.PlacePlain == street.PlacePlain || query.PlacePlain == street.MunicipalityPlain) ? 0.2 : 0)
            + (municipalities.Contains(street.MunicipalityCode) ? 0.1 : 0);
        return new LikelyStreet(street, fit, score);
    }
}
