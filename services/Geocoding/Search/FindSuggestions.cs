using Npgsql;
using NpgsqlTypes;

namespace Ums.Geocoding.Search;

/// <summary>Streets that begin as typed, then streets that nearly do; with a number, the addresses that begin with it.</summary>
internal sealed class FindSuggestions(NpgsqlDataSource database, KnownPlaces places)
{
    private const string Sql = """
        with found as (
            (select id, 0 as far from streets where plain like any(@beginnings) limit 200)
            union all
            (select id, 1 from streets order by plain <-> @name limit 20)),
        nearest as (
            select s.*, min(f.far) as far from found f join streets s using (id)
            where @place = '' or s.place_plain like @place || '%' group by s.id)
        select s.name, s.plain, s.municipality_code, s.far, a.id, a.number, a.letter, a.postcode, a.place
        from nearest s cross join lateral (
            select * from addresses where street_id = s.id and (@number is null or number::text like @number || '%')
            order by (number::text is distinct from @number), (@letter is not null and letter is distinct from @letter), number, letter nulls first limit case when @number is null then 1 else 6 end) as a
        order by (s.municipality_code = any(@municipalities)) desc, s.far, (a.number::text is distinct from @number), (@letter is not null and a.letter is distinct from @letter), s.plain = any(@names) desc,
            (select count(*) from addresses where street_id = s.id) desc, s.name, a.number, a.letter nulls first
        limit @limit
        """;

    public async Task<SuggestAddresses.Suggestion[]> RunAsync(string typed, IReadOnlySet<string> municipalities, int limit, CancellationToken cancellationToken)
    {
        var known = (await places.GetAsync(cancellationToken)).Plain;
        foreach (var reading in Readings(ReadAddress.Read(new AddressFields { Street = typed }, known), known))
        {
            if (await FindAsync(reading, municipalities, limit, cancellationToken) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>As it stands; and with the last word as the beginning of a place.</summary>
    private static IEnumerable<AddressQuery> Readings(AddressQuery query, IReadOnlySet<string> places)
    {
        yield return query;
        var space = query.Street.LastIndexOf(' ');
        if (space > 0 && query.Place is null && NameKey.PlainOf(query.Street[space..]) is { Length: > 1 } begun && places.Any(place => place.StartsWith(begun, StringComparison.Ordinal)))
        {
            yield return new AddressQuery(query.Street[..space], query.Number, query.Letter, query.Postcode, begun);
        }
    }

    private async Task<SuggestAddresses.Suggestion[]> FindAsync(
        AddressQuery query, IReadOnlySet<string> municipalities, int limit, CancellationToken cancellationToken)
    {
        if (query.Names.Count == 0 || query.Names[0].Plain.Length == 0)
        {
            return [];
        }

        var names = query.Names.Select(name => name.Plain).Distinct().ToArray();
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new("names", names));
        command.Parameters.Add(new("beginnings", names.Select(name => name + "%").ToArray()));
        command.Parameters.Add(new("name", names[0]));
        command.Parameters.Add(new("place", query.PlacePlain ?? ""));
        command.Parameters.Add(new("number", NpgsqlDbType.Text) { Value = (object?)query.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? DBNull.Value });
        command.Parameters.Add(new("letter", NpgsqlDbType.Text) { Value = (object?)query.Letter ?? DBNull.Value });
        command.Parameters.Add(new("municipalities", municipalities.ToArray()));
        command.Parameters.Add(new("limit", limit * 2));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<SuggestAddresses.Suggestion>();
        while (await rows.ReadAsync(cancellationToken))
        {
            // A near name must be near where it begins; the end is not typed yet.
            if (rows.GetInt32(3) == 0 || BeginsNearly(names, rows.GetString(1)))
            {
                found.Add(Read(rows, query.Number is null));
            }
        }

        return [.. found.DistinctBy(suggestion => suggestion.Text).Take(limit)];
    }

    private static bool BeginsNearly(string[] names, string plain) => names.Any(name =>
        name.Length >= 4 && EditDistance.Between(name, plain[..Math.Min(name.Length, plain.Length)]) <= (name.Length < 8 ? 1 : 2));

    private static SuggestAddresses.Suggestion Read(NpgsqlDataReader row, bool streetOnly)
    {
        var (street, municipality, place) = (row.GetString(0), row.GetString(2), row.GetString(8));
        // A farm is an address by its name alone.
        if (streetOnly && !row.IsDBNull(5))
        {
            return new($"{street}, {place}", null, street, null, null, null, place, municipality);
        }

        var (number, letter, postcode) = (row.IsDBNull(5) ? (int?)null : row.GetInt32(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7));
        var text = $"{street} {number}{letter}".TrimEnd() + $", {postcode[..3]} {postcode[3..]} {place}";
        return new(text, row.GetString(4), street, number, letter, postcode, place, municipality);
    }
}
