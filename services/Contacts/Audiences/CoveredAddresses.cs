using Npgsql;
using NpgsqlTypes;

namespace Ums.Contacts.Audiences;

/// <summary>
/// The SQL for "the addresses that a part of the audience covers", in two forms: as a set that is found by the indexes of addresses, and as a condition on
/// an address that was found by other means. Which is cheaper depends on how many there are.
/// </summary>
internal static class CoveredAddresses
{
    /// <summary>Stands before a statement with either form.</summary>
    public const string Shape = """
        with shape as materialized (select st_geomfromtext(@shape, 4326) as outline),
        streets as materialized (
            select street_key(code, name) as key, low, high from unnest(@municipalities, @streets, @from_numbers, @to_numbers) as street (code, name, low, high))

        """;

    private const string Current = "a.organisation_id = @organisation and a.removed_at is null";

    /// <summary>The addresses as a table <c>a</c>; one that two parts cover comes twice.</summary>
    public static string AsSet(PreparedAudience audience) =>
        $"({string.Join(" union all ", Conditions(audience).Select(condition => $"select a.* from addresses a where {Current} and {condition}"))}) a";

    public static string AsCondition(PreparedAudience audience) => $"{Current} and ({string.Join(" or ", Conditions(audience).Select(condition => $"({condition})"))})";

    public static void AddTo(NpgsqlCommand command, PreparedAudience audience)
    {
        var wanted = audience.Audience;
        var (streets, properties) = (wanted.Streets ?? [], wanted.Properties ?? []);
        Add("organisation", audience.Organisation, NpgsqlDbType.Uuid);
        Add("kind", (object?)wanted.Kind ?? DBNull.Value, NpgsqlDbType.Text);
        Add("shape", audience.Polygons.Count == 0 ? "POINT EMPTY" : audience.Shape, NpgsqlDbType.Text);
        Array("cells", audience.Cells ?? [], NpgsqlDbType.Integer);
        Array("longitudes", audience.Circles.Select(circle => circle.Center![0]), NpgsqlDbType.Double);
        Array("latitudes", audience.Circles.Select(circle => circle.Center![1]), NpgsqlDbType.Double);
        Array("radii", audience.Circles.Select(circle => circle.Radius!.Value), NpgsqlDbType.Double);
        Array("postcodes", wanted.Postcodes ?? [], NpgsqlDbType.Text);
        Array("municipalities", streets.Select(street => street.MunicipalityCode), NpgsqlDbType.Text);
        Array("streets", streets.Select(street => PreparedAudience.Name(street.Street)), NpgsqlDbType.Text);
        Array("from_numbers", streets.Select(street => street.From), NpgsqlDbType.Integer);
        Array("to_numbers", streets.Select(street => street.To), NpgsqlDbType.Integer);
        Array("gnrs", properties.Select(property => property.Gnr), NpgsqlDbType.Integer);
        Array("bnrs", properties.Select(property => property.Bnr), NpgsqlDbType.Integer);
        Array("fnrs", properties.Select(property => property.Fnr), NpgsqlDbType.Integer);
        Array("snrs", properties.Select(property => property.Snr), NpgsqlDbType.Integer);

        void Add(string name, object value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
        void Array<T>(string name, IEnumerable<T> values, NpgsqlDbType type) => Add(name, values.ToArray(), NpgsqlDbType.Array | type);
    }

    private static IEnumerable<string> Conditions(PreparedAudience audience)
    {
        var wanted = audience.Audience;
        if (wanted.Everyone || !audience.HasAddresses)
        {
            // Whom a list alone is for has no address here.
            yield return wanted.Everyone ? "true" : "false";
            yield break;
        }
        var near = audience.Cells is null ? "" : "a.cell = any(@cells) and ";
        if (audience.Polygons.Count > 0)
        {
            yield return $"{near}st_covers((select outline from shape), a.position::geometry)";
        }
        if (audience.Circles.Count > 0)
        {
            yield return $"""
                {near}exists (select 1 from unnest(@longitudes, @latitudes, @radii) as circle (x, y, radius)
                    where st_dwithin(a.position, st_setsrid(st_makepoint(circle.x, circle.y), 4326)::geography, circle.radius))
                """;
        }
        if (wanted.Streets?.Count > 0)
        {
            yield return """
                a.street_key = any(array(select key from streets))
                    and exists (select 1 from streets where key = a.street_key and (low is null or a.number >= low) and (high is null or a.number <= high))
                """;
        }
        if (wanted.Postcodes?.Count > 0)
        {
            yield return "a.postcode = any(@postcodes)";
        }
        foreach (var condition in PropertyConditions(audience))
        {
            yield return condition;
        }
    }

    /// <summary>A condition for each index that can find them.</summary>
    private static IEnumerable<string> PropertyConditions(PreparedAudience audience)
    {
        const string Exact = """
            exists (select 1 from unnest(@gnrs, @bnrs, @fnrs, @snrs) as property (gnr, bnr, fnr, snr)
                where (property.gnr is null or property.gnr = a.gnr) and (property.bnr is null or property.bnr = a.bnr)
                    and (property.fnr is null or property.fnr = a.fnr) and (property.snr is null or property.snr = a.snr))
            """;
        var properties = audience.Audience.Properties ?? [];
        var (byFnr, byGnr) = (properties.Any(property => property.Fnr is not null), properties.Any(property => property is { Fnr: null, Gnr: > 0 }));
        if (properties.Any(property => property is { Fnr: null, Gnr: null or 0 }))
        {
            yield return Exact;
            yield break;
        }
        if (byFnr)
        {
            yield return $"a.fnr = any(@fnrs) and {Exact}";
        }
        if (byGnr)
        {
            yield return $"a.gnr > 0 and a.gnr = any(@gnrs) and {Exact}";
        }
    }
}
