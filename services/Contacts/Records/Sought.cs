using Npgsql;
using NpgsqlTypes;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Records;

/// <summary>What is searched for. Each part is found by an index of its own, and who is in all of them is the answer.</summary>
internal sealed record Sought(long[] Words, byte[]? Phone, AddressText? Address)
{
    private const string ByPhone = "select contact_id from phones where organisation_id = @organisation and number_index = @phone and removed_at is null";

    private const string ByName = """
        select contact_id from contact_words where organisation_id = @organisation and word = any(@words) group by contact_id having count(*) = cardinality(@words)
        """;

    private const string ByPostcode = "select contact_id from addresses where organisation_id = @organisation and postcode = @postcode and removed_at is null";

    /// <summary>The last sign of all ends the range of streets that begin with what was typed.</summary>
    private const string ByStreet = """
        select a.contact_id from (select street_key(code, @street) as beginning from unnest(@codes) as municipality (code)) s
        join addresses a on a.street_key ~>=~ s.beginning and a.street_key ~<~ (s.beginning || chr(1114111))
        where a.organisation_id = @organisation and a.removed_at is null and (@number is null or a.number = @number) and (@letter is null or lower(a.letter) = @letter)
            and (@postcode is null or a.postcode = @postcode)
        """;

    /// <param name="municipalities">Null where nobody can say which; then those that addresses lie in.</param>
    public async Task<List<Guid>> FindAsync(ContactsDb db, IReadOnlyList<string>? municipalities, Guid? after, int limit, CancellationToken cancellationToken)
    {
        string?[] parts = [Phone is null ? null : ByPhone, Words.Length == 0 ? null : ByName, Address is null ? null : Address.Street is null ? ByPostcode : ByStreet];
        var (hidesName, hidesAll) = (Words.Length > 0, Words.Length > 0 || Address is not null);
        await using var command = Statement.Of(db, $"""
            with found as materialized ({string.Join(" intersect ", parts.OfType<string>())})
            select c.id from found f join contacts c on c.id = f.contact_id and c.organisation_id = @organisation
            where c.id > @after and not (@hides_name and c.name_hidden) and not (@hides_all and c.protected)
            order by c.id limit @limit
            """);
        Add("organisation", db.Organisation, NpgsqlDbType.Uuid);
        Add("after", after ?? Guid.Empty, NpgsqlDbType.Uuid);
        Add("limit", limit, NpgsqlDbType.Integer);
        Add("hides_name", hidesName, NpgsqlDbType.Boolean);
        Add("hides_all", hidesAll, NpgsqlDbType.Boolean);
        Add("phone", Phone, NpgsqlDbType.Bytea);
        Add("words", Words, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add("street", Address?.Street, NpgsqlDbType.Text);
        Add("number", Address?.Number, NpgsqlDbType.Integer);
        Add("letter", Address?.Letter, NpgsqlDbType.Text);
        Add("postcode", Address?.Postcode, NpgsqlDbType.Text);
        Add("codes", municipalities?.ToArray() ?? await MunicipalitiesAsync(db, cancellationToken), NpgsqlDbType.Array | NpgsqlDbType.Text);
        var ids = new List<Guid>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            ids.Add(row.GetGuid(0));
        }
        return ids;

        void Add(string name, object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
    }

    /// <summary>For the audit: by what it was searched, not for whom.</summary>
    public override string ToString() => string.Join(' ', new[] { Words.Length > 0 ? "name" : null, Phone is null ? null : "phone", Address is null ? null : "address" }.OfType<string>());

    private async Task<string[]> MunicipalitiesAsync(ContactsDb db, CancellationToken cancellationToken)
    {
        if (Address?.Street is null)
        {
            return [];
        }
        await using var command = Statement.Of(db, "select distinct municipality_code from addresses where organisation_id = $1 and removed_at is null", db.Organisation);
        var codes = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            codes.Add(row.GetString(0));
        }
        return [.. codes];
    }
}
