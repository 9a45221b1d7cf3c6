using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport;

/// <summary>COPYs sealed rows into <c>register_rows</c>.</summary>
internal static class StageRows
{
    private const string Columns =
        "organisation_id, import_id, register_key, print, protected, kind, given_name, family_name, company_name, organisation_number, birth_date, "
        + "mobile, mobile_index, landline, landline_index, address_id, street, number, letter, postcode, place, municipality_code, gnr, bnr, fnr, snr, latitude, longitude";

    /// <returns>How many went in; fewer than given where a key came twice.</returns>
    public static async Task<int> AddAsync(ContactsDb db, Import import, IReadOnlyList<SealedRow> rows, CancellationToken cancellationToken)
    {
        // COPY does not go into a table under row-level security; through a temporary one it does.
        await db.Database.ExecuteSqlAsync($"create temporary table incoming (like register_rows including defaults) on commit drop", cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync($"copy incoming ({Columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (var row in rows)
            {
                await WriteAsync(copy, import, row, cancellationToken);
            }
            await copy.CompleteAsync(cancellationToken);
        }
        return await db.Database.ExecuteSqlAsync($"insert into register_rows select * from incoming on conflict do nothing", cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Import import, SealedRow row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(import.Organisation, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(import.Id, NpgsqlDbType.Uuid, cancellationToken);
        await BytesAsync(row.Key);
        await BytesAsync(row.Print);
        await copy.WriteAsync(row.Person is null, NpgsqlDbType.Boolean, cancellationToken);
        if (row.Person is not { Address: var address } person)
        {
            for (var column = 0; column < Columns.Count(sign => sign == ',') - 4; column++)
            {
                await copy.WriteNullAsync(cancellationToken);
            }
            return;
        }
        await WordAsync(person.Kind == ContactKind.Company ? "company" : "private");
        await BytesAsync(person.GivenName);
        await BytesAsync(person.FamilyName);
        await BytesAsync(person.CompanyName);
        await BytesAsync(person.OrganisationNumber);
        await BytesAsync(person.BirthDate);
        await BytesAsync(person.Mobile?.Number);
        await BytesAsync(person.Mobile?.Index);
        await BytesAsync(person.Landline?.Number);
        await BytesAsync(person.Landline?.Index);
        await WordAsync(address.AddressId);
        await WordAsync(address.Street);
        await ValueAsync(address.Number, NpgsqlDbType.Integer);
        await WordAsync(address.Letter);
        await WordAsync(address.Postcode);
        await WordAsync(address.Place);
        await WordAsync(address.MunicipalityCode);
        await ValueAsync(address.Gnr, NpgsqlDbType.Integer);
        await ValueAsync(address.Bnr, NpgsqlDbType.Integer);
        await ValueAsync(address.Fnr, NpgsqlDbType.Integer);
        await ValueAsync(address.Snr, NpgsqlDbType.Integer);
        await ValueAsync(address.Latitude, NpgsqlDbType.Double);
        await ValueAsync(address.Longitude, NpgsqlDbType.Double);

        Task WordAsync(string? word) => word is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(word, NpgsqlDbType.Text, cancellationToken);
        Task BytesAsync(byte[]? bytes) => bytes is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken);
        Task ValueAsync<T>(T? value, NpgsqlDbType type) where T : struct =>
            value is { } known ? copy.WriteAsync(known, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);
    }
}
