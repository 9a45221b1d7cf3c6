using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Testing.Alerts;

/// <summary>
/// Any number of people who do not exist, straight into Contacts' tables: one to a house of Massgatan, each with a mobile of a series that only a double can be sent to.
/// As though they had lived there for long: nobody has yet to write down by which words they are searched.
/// </summary>
/// <param name="key">The running system's <c>Keys:PersonalData</c>, in base64.</param>
public sealed class Crowd(string contactsDatabase, string key, Guid organisation)
{
    public const string Street = "Massgatan";

    private const string Series = "+46709";
    private const int AtOnce = 20_000;

    private readonly PersonalData personal = new(new ConfigurationBuilder().AddInMemoryCollection([new("Keys:PersonalData", key)]).Build());

    /// <summary>A million of them, apart from the numbers of the demo register.</summary>
    public static string Phone(int n) => $"{Series}{n:000000}";

    /// <returns>Null where nobody in the crowd has that number.</returns>
    public static int? NumberOf(string phone) =>
        phone.StartsWith(Series, StringComparison.Ordinal) && int.TryParse(phone.AsSpan(Series.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    public async Task SettleAsync(int people, Action<int>? progress = null)
    {
        await using var connection = new NpgsqlConnection(contactsDatabase);
        await connection.OpenAsync();
        var born = personal.Seal(organisation, "19800101");
        for (var start = 0; start < people; start += AtOnce)
        {
            var phones = Enumerable.Range(start, Math.Min(AtOnce, people - start)).Select(Phone).ToArray();
            var (boxes, indexes) = (new byte[phones.Length][], new byte[phones.Length][]);
            Parallel.For(0, phones.Length, i => (boxes[i], indexes[i]) = (personal.Seal(organisation, phones[i]), personal.Index(organisation, phones[i])));
            await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 300 };
            foreach (var value in new object[] { organisation, (long)start, boxes, indexes, born, Street })
            {
                command.Parameters.Add(new() { Value = value });
            }
            await command.ExecuteNonQueryAsync();
            progress?.Invoke(start + phones.Length);
        }
        await using var analyze = new NpgsqlCommand("analyze contacts, phones, addresses", connection) { CommandTimeout = 300 };
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>Houses stand in rows from 59.30 north and 18.00 east, some fifty metres apart.</summary>
    private const string Sql = """
        with person as (
            select uuid_v7() as id, number, index, $2 + place - 1 as n from unnest($3, $4) with ordinality as given (number, index, place)),
        contact as (
            insert into contacts (id, organisation_id, kind, source, given_name, family_name, birth_date, is_new, named, created_at, changed_at)
            select id, $1, 'private', 'supplementaryRegister', $5, $5, $5, false, true, now(), now() from person),
        address as (
            insert into addresses (id, organisation_id, contact_id, address_id, street, number, postcode, place, municipality_code, source, main, fnr, latitude, longitude, announced_at, created_at)
            select uuid_v7(), $1, id, 'crowd-' || n, $6, n, '1' || lpad((n / 1000)::text, 4, '0'), 'Stockholm', '0180', 'supplementaryRegister', true, n,
                59.30 + (n / 1000) * 0.0005, 18.0 + (n % 1000) * 0.001, now(), now() from person)
        insert into phones (id, organisation_id, contact_id, contact_kind, kind, source, number, number_index, created_at)
        select uuid_v7(), $1, id, 'private', 'mobile', 'supplementaryRegister', number, index, now() from person
        """;
}
