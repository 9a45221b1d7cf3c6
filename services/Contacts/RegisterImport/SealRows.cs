using System.Globalization;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport;

/// <summary>A row as it is staged: what names a person sealed, what it is found by as a blind index.</summary>
/// <param name="Person">Null for a protected identity, of whom the key alone is kept.</param>
internal sealed record SealedRow(byte[] Key, byte[] Print, SealedPerson? Person);

internal sealed record SealedPerson(
    ContactKind Kind, byte[] GivenName, byte[] FamilyName, byte[]? CompanyName, byte[]? OrganisationNumber, byte[]? BirthDate,
    SealedPhone? Mobile, SealedPhone? Landline, AddressFacts Address);

internal sealed record SealedPhone(byte[] Number, byte[] Index);

/// <summary>Seals rows. It needs no database, so that several chunks are sealed at once while another is staged.</summary>
internal sealed class SealRows(PersonalData personal)
{
    public IReadOnlyList<SealedRow> Seal(Guid organisation, IEnumerable<LocatedRow> rows)
    {
        return [.. rows.Where(row => row.Address is not null || row.Row.IsProtected).Select(row => new SealedRow(KeyOf(row.Row), PrintOf(row), PersonOf(row)))];

        SealedPerson? PersonOf(LocatedRow located)
        {
            if (located is not { Address: { } address, Row: var row })
            {
                return null;
            }
            var isCompany = row.Kind == ContactKind.Company;
            return new SealedPerson(
                row.Kind, Sealed(PersonFields.Name(row.GivenName).Value)!, Sealed(PersonFields.Name(row.FamilyName).Value)!,
                isCompany ? Sealed(PersonFields.Name(row.CompanyName).Value) : null, isCompany ? Sealed(PersonFields.OrganisationNumber(row.OrganisationNumber).Value) : null,
                isCompany ? null : Sealed(DateOf(row)), PhoneOf(row.Mobile), PhoneOf(row.Landline), address);
        }

        byte[]? Sealed(string? text) => text is null ? null : personal.Seal(organisation, text);

        SealedPhone? PhoneOf(string? text) => text is not null && PhoneNumber.TryParse(text, norwegian: true, out var number, out _)
            ? new SealedPhone(personal.Seal(organisation, number!.E164), personal.Index(organisation, number.E164))
            : null;

        // The same person as a private one and as a company's contact is two contacts.
        byte[] KeyOf(RegisterRow row) => personal.Index(organisation, $"register {row.Kind} {row.Key}");

        byte[] PrintOf(LocatedRow located) => personal.Index(organisation, string.Join('\u001f',
            located.Row.GivenName, located.Row.FamilyName, DateOf(located.Row), located.Row.CompanyName, located.Row.OrganisationNumber,
            located.Row.Mobile, located.Row.Landline, located.Address?.AddressId));
    }

    private static string? DateOf(RegisterRow row) => row.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
