using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Audiences;

/// <summary>Reads the phones of one part of an audience. The plan is chosen here, by how many there seem to be: from the covered addresses, or along the phones.</summary>
internal static class ReadCandidates
{
    /// <summary>The most that stands in memory. A part that holds more is made narrower.</summary>
    public const int Most = 6000;

    /// <summary>Below this the covered addresses are found first, for each part anew; above it each part is walked and asked whether it is covered.</summary>
    private const int FewEnough = 20_000;

    /// <summary>Of the private person who holds a company contact's number <c>p</c> too.</summary>
    public const string HolderBirthDate = """
        case when p.contact_kind = 'company' then (
            select h.birth_date from phones q join contacts h on h.id = q.contact_id and h.organisation_id = @organisation
            where q.organisation_id = @organisation and q.number_index = p.number_index and q.contact_kind = 'private' and q.removed_at is null) end
        """;

    private const string Columns = $"""
        select p.number_index, p.number, p.kind = 'mobile', c.kind = 'private', c.birth_date, {HolderBirthDate}, a.address_id, a.latitude::real, a.longitude::real
        """;

    private const string FromAddresses = """
        join contacts c on c.id = a.contact_id and c.organisation_id = @organisation and c.passive_at is null and (@kind is null or c.kind = @kind)
        join phones p on p.contact_id = a.contact_id and p.organisation_id = @organisation and p.removed_at is null
        """;

    private const string AlongPhones = """
        phones p join contacts c on c.id = p.contact_id and c.organisation_id = @organisation and c.passive_at is null and (@kind is null or c.kind = @kind)
        join addresses a on a.contact_id = p.contact_id
        """;

    /// <returns>Null where the part holds too many.</returns>
    public static async Task<List<Candidate>?> RunAsync(
        ContactsDb db, PreparedAudience audience, Part part, long expected, CancellationToken cancellationToken)
    {
        if (!audience.HasAddresses)
        {
            return [];
        }
        var household = audience.Audience.OncePerHousehold;
        var within = household ? "a.household >= @from and a.household < @to" : "p.number_index >= @lowest and p.number_index < @beyond";
        var few = expected <= FewEnough && !audience.Audience.Everyone;
        if (!few)
        {
            // A part is to cost what it holds, not what the audience holds: its rows come by their index and lead to the others one by one, as the joins stand.
            await db.Database.ExecuteSqlAsync($"""
                select set_config('join_collapse_limit', '1', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                    set_config('enable_seqscan', 'off', true)
                """, cancellationToken);
        }
        await using var command = Statement.Of(db, (few, household) switch
        {
            (true, _) => $"{CoveredAddresses.Shape}{Columns} from {CoveredAddresses.AsSet(audience)} {FromAddresses} where a.alerts and {within} limit @most",
            (_, true) => $"{CoveredAddresses.Shape}{Columns} from addresses a {FromAddresses} where {CoveredAddresses.AsCondition(audience)} and a.alerts and {within} limit @most",
            _ => $"""
                {CoveredAddresses.Shape}{Columns} from {AlongPhones}
                where p.organisation_id = @organisation and p.removed_at is null and {CoveredAddresses.AsCondition(audience)} and a.alerts and {within} limit @most
                """,
        });
        CoveredAddresses.AddTo(command, audience);
        command.Parameters.Add(new NpgsqlParameter("from", part.From));
        command.Parameters.Add(new NpgsqlParameter("to", part.To));
        command.Parameters.Add(new NpgsqlParameter("lowest", part.Lowest));
        command.Parameters.Add(new NpgsqlParameter("beyond", part.Beyond));
        // A part of one place cannot be made narrower; a house has only so many phones.
        var most = part.Width == 1 ? int.MaxValue - 1 : Most;
        command.Parameters.Add(new NpgsqlParameter("most", (long)most + 1));
        var found = new List<Candidate>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (found.Count == most)
            {
                return null;
            }
            found.Add(new Candidate(
                (byte[])row[0], (byte[])row[1], row.GetBoolean(2), row.GetBoolean(3), row[4] as byte[], row[5] as byte[], row.GetString(6), row[7] as float?, row[8] as float?));
        }
        return found;
    }

    /// <summary>Which of these numbers someone under sixteen holds.</summary>
    public static async Task<List<(byte[] Index, byte[] BirthDate)>> PrivateHoldersAsync(
        ContactsDb db, Guid organisation, byte[][] indexes, CancellationToken cancellationToken)
    {
        await using var command = Statement.Of(db, """
            select p.number_index, c.birth_date from phones p join contacts c on c.id = p.contact_id and c.organisation_id = @organisation
            where p.organisation_id = @organisation and p.number_index = any(@indexes) and p.contact_kind = 'private' and p.removed_at is null and c.birth_date is not null
            """);
        command.Parameters.Add(new NpgsqlParameter("organisation", organisation));
        command.Parameters.Add(new NpgsqlParameter("indexes", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = indexes });
        var holders = new List<(byte[], byte[])>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            holders.Add(((byte[])row[0], (byte[])row[1]));
        }
        return holders;
    }
}
