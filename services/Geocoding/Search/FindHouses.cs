using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Search;

/// <summary>The addresses on the likely streets: those with the number, or the nearest ones where nobody has it.</summary>
internal sealed class FindHouses(NpgsqlDataSource database)
{
    private const int StreetsWithoutTheNumber = 6;

    private const string Columns = "a.id, a.street_id, a.number, a.letter, a.postcode, a.place, a.latitude, a.longitude, a.gnr, a.bnr, a.fnr, a.snr";

    private const string WithNumber = $"""
        select {Columns} from addresses a where a.street_id = any(@streets) and (a.number = @number or a.number is null)
        order by a.street_id, a.letter nulls first limit 600
        """;

    private const string Nearest = $"""
        select {Columns} from unnest(@streets) as s(id) cross join lateral (
            select * from addresses where street_id = s.id order by abs(coalesce(number, 0) - coalesce(@number, 0)), number, letter nulls first limit 6) as a
        """;

    public async Task<IReadOnlyList<AddressCandidate>> RunAsync(AddressQuery query, IReadOnlyList<LikelyStreet> streets, CancellationToken cancellationToken)
    {
        if (streets.Count == 0)
        {
            return [];
        }

        var exact = query.Number is null ? [] : await ReadAsync(WithNumber, query.Number, streets, cancellationToken);
        if (exact.Any(address => address.Street == streets[0].Street))
        {
            return exact;
        }

        var near = await ReadAsync(Nearest, query.Number, [.. streets.Take(StreetsWithoutTheNumber)], cancellationToken);
        return [.. exact.Concat(near).DistinctBy(address => address.Id)];
    }

    private async Task<List<AddressCandidate>> ReadAsync(string sql, int? number, IReadOnlyList<LikelyStreet> streets, CancellationToken cancellationToken)
    {
        var byId = streets.ToDictionary(street => street.Street.Id, street => street.Street);
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new("streets", byId.Keys.ToArray()));
        command.Parameters.Add(new("number", NpgsqlDbType.Integer) { Value = (object?)number ?? DBNull.Value });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<AddressCandidate>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new AddressCandidate(
                rows.GetString(0), byId[rows.GetInt64(1)], Int(rows, 2), rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4), rows.GetString(5),
                rows.GetDouble(6), rows.GetDouble(7), Int(rows, 8), Int(rows, 9), Int(rows, 10), Int(rows, 11)));
        }

        return found;
    }

    private static int? Int(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt32(column);
}
