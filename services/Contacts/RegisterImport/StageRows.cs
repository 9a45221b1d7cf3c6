using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport;

/// <summary>Seals rows and COPYs them into <c>register_rows</c>. Of a protected identity only the key's blind index goes in.</summary>
internal sealed class StageRows(PersonalData personal)
{
    private const string Columns =
        "organisation_id, import_id, register_key, print, protected, kind, given_name, family_name, company_name, organisation_number, birth_date, "
        + "mobile, mobile_index, landline, landline_index, address_id, street, number, letter, postcode, place, municipality_code, gnr, bnr, fnr, snr, latitude, longitude";

    /// <returns>How many went in; fewer than given where a key came twice.</returns>
    public async Task<int> AddAsync(ContactsDb db, Import import, IReadOnlyList<LocatedRow> rows, CancellationToken cancellationToken)
    {
        // COPY does not go into a table under row-level security; through a temporary one it does.
        await db.Database.ExecuteSqlAsync($"create temporary table incoming (like register_rows including defaults) on commit drop", cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync($"copy incoming ({Columns}) from stdin (format binary)", cancellationToken))
        {
            foreach (var row in rows.Where(row => row.Address is not null || row.Row.IsProtected))
            {
                await WriteAsync(copy, import, row, cancellationToken);
            }
            await copy.CompleteAsync(cancellationToken);
        }
        return await db.Database.ExecuteSqlAsync($"insert into register_rows select * from incoming on conflict do nothing", cancellationToken);
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, Import import, LocatedRow located, CancellationToken cancellationToken)
    {
        var (row, address) = (located.Row, located.Address);
        var organisation = import.Organisation;
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(organisation, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(import.Id, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(KeyOf(organisation, row), NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(PrintOf(organisation, located), NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(row.IsProtected, NpgsqlDbType.Boolean, cancellationToken);
        if (address is null)
        {
            for (var column = 0; column < Columns.Count(sign => sign == ',') - 4; column++)
            {
                await copy.WriteNullAsync(cancellationToken);
            }
            return;
        }
        await WordAsync(row.Kind == ContactKind.Company ? "company" : "private");
        await SealedAsync(PersonFields.Name(row.GivenName).Value);
        await SealedAsync(PersonFields.Name(row.FamilyName).Value);
        await SealedAsync(row.Kind == ContactKind.Company ? PersonFields.Name(row.CompanyName).Value : null);
        await SealedAsync(row.Kind == ContactKind.Company ? PersonFields.OrganisationNumber(row.OrganisationNumber).Value : null);
        await SealedAsync(row.Kind == ContactKind.Company ? null : row.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        await PhoneAsync(row.Mobile);
        await PhoneAsync(row.Landline);
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
        Task SealedAsync(string? text) => BytesAsync(text is null ? null : personal.Seal(organisation, text));
        Task ValueAsync<T>(T? value, NpgsqlDbType type) where T : struct =>
            value is { } known ? copy.WriteAsync(known, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);

        async Task PhoneAsync(string? text)
        {
            var number = text is null ? null : PhoneNumber.TryParse(text, norwegian: true, out var parsed, out _) ? parsed!.E164 : null;
            await SealedAsync(number);
            await BytesAsync(number is null ? null : personal.Index(organisation, number));
        }
    }

    /// <summary>The same person as a private one and as a company's contact is two contacts.</summary>
    private byte[] KeyOf(Guid organisation, RegisterRow row) => personal.Index(organisation, $"register {row.Kind} {row.Key}");

    private byte[] PrintOf(Guid organisation, LocatedRow located)
    {
        var row = located.Row;
        return personal.Index(organisation, string.Join('\u001f',
            row.GivenName, row.FamilyName, row.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture), row.CompanyName, row.OrganisationNumber,
            row.Mobile, row.Landline, located.Address?.AddressId));
    }
}
