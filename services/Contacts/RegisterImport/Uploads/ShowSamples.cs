using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Some rows of each kind to look at before approving. Who hid their name has none here; protected identities are not among them at all.</summary>
internal static class ShowSamples
{
    private const int Each = 20;

    /// <param name="Refused">The first of the file; all of them are in the report.</param>
    public sealed record Response(IReadOnlyList<Person> Added, IReadOnlyList<Person> Changed, IReadOnlyList<Person> Gone, IReadOnlyList<RefusedRow> Refused);

    /// <param name="Name">Null where the person hid it.</param>
    /// <param name="Address">As it will be.</param>
    /// <param name="Before">The main address as it is, where there is one.</param>
    public sealed record Person(string Kind, string? Name, string? Address, string? Before, bool Mobile, bool Landline);

    /// <param name="Reason">A stable word.</param>
    /// <param name="Key">The register's; null where the row has none that can be read, as is <paramref name="Address"/>.</param>
    public sealed record RefusedRow(long Line, string Reason, string? Key, string? Address);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Asker asker, ClaimsPrincipal user, ContactsDb db, PersonalData personal, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        return await db.InOrganisationAsync<Results<Ok<Response>, ProblemHttpResult>>(organisation, async token =>
        {
            var upload = (await db.Database.SqlQuery<Found>(
                $"select state, complete from register_uploads where id = {id} and organisation_id = {organisation} and state <> 'receiving'").ToListAsync(token)).SingleOrDefault();
            if (upload is null)
            {
                return GetUpload.Unknown();
            }
            var samples = new Response(
                await ReadAsync(db, organisation, id, New, personal, token),
                await ReadAsync(db, organisation, id, "c.register_print is distinct from r.print and c.id is not null and c.restricted_at is null", personal, token),
                upload.State == "ready" && upload.Complete ? await GoneAsync(db, organisation, id, personal, token) : [],
                await RefusedAsync(db, organisation, id, personal, token));
            await audit.AppendAsync(db, organisation, AuditRecord.By(user, "register-samples-read") with { Target = id.ToString() }, token);
            return TypedResults.Ok(samples);
        }, cancellationToken);
    }

    private static Task<List<Person>> ReadAsync(ContactsDb db, Guid organisation, Guid id, string which, PersonalData personal, CancellationToken cancellationToken) =>
        PeopleAsync(db, organisation, personal, $"""
            select r.kind, case when coalesce(c.name_hidden, false) then null else r.given_name end, r.family_name, concat_ws(' ', r.street, r.number, r.letter), {Before},
                r.mobile is not null, r.landline is not null
            from register_rows r left join contacts c on c.organisation_id = $2 and c.register_key = r.register_key
            where r.import_id = $1 and not r.protected and not coalesce(c.protected, false) and {which} limit {Each}
            """, id, cancellationToken);

    private static Task<List<Person>> GoneAsync(ContactsDb db, Guid organisation, Guid id, PersonalData personal, CancellationToken cancellationToken) =>
        PeopleAsync(db, organisation, personal, $"""
            select c.kind, case when c.name_hidden then null else c.given_name end, c.family_name, null, {Before},
                exists (select 1 from phones p where p.contact_id = c.id and p.kind = 'mobile' and p.removed_at is null),
                exists (select 1 from phones p where p.contact_id = c.id and p.kind = 'landline' and p.removed_at is null)
            from contacts c
            where c.organisation_id = $2 and c.register_key is not null and c.restricted_at is null and not c.protected
                and not exists (select 1 from register_rows r where r.import_id = $1 and r.register_key = c.register_key)
            limit {Each}
            """, id, cancellationToken);

    private static async Task<List<RefusedRow>> RefusedAsync(ContactsDb db, Guid organisation, Guid id, PersonalData personal, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Refusal>($"select line, reason, row as box from register_refusals where upload_id = {id} order by line limit {Each}").ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            string[] shown = row.Box is null ? [] : JsonSerializer.Deserialize<string[]>(personal.Open(organisation, row.Box))!;
            return new RefusedRow(row.Line, row.Reason, Text(shown.Take(1)), Text(shown.Skip(1)));
        });

        static string? Text(IEnumerable<string> cells) => string.Join(' ', cells.Where(cell => cell.Length > 0)) is { Length: > 0 } text ? text : null;
    }

    private const string New = """
        c.id is null and not exists (select 1 from opt_outs o where o.organisation_id = $2 and o.register_key = r.register_key and o.erased)
        """;

    private const string Before = "(select concat_ws(' ', a.street, a.number, a.letter) from addresses a where a.contact_id = c.id and a.main)";

    private static async Task<List<Person>> PeopleAsync(
        ContactsDb db, Guid organisation, PersonalData personal, string sql, Guid id, CancellationToken cancellationToken)
    {
        await using var command = Statement.Of(db, sql, id, organisation);
        var people = new List<Person>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var name = row[1] is byte[] given ? $"{personal.Open(organisation, given)} {personal.Open(organisation, (byte[])row[2])}" : null;
            people.Add(new Person(row.GetString(0), name, row[3] as string, row[4] as string, row.GetBoolean(5), row.GetBoolean(6)));
        }
        return people;
    }

    private sealed record Found(string State, bool Complete);

    private sealed record Refusal(long Line, string Reason, byte[]? Box);
}
