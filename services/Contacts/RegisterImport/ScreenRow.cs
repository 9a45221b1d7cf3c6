using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.RegisterImport;

/// <summary>What a row must have to be taken. A protected identity passes with its key alone.</summary>
internal static class ScreenRow
{
    private const int LongestKey = 100;

    public static bool IsUsable(RegisterRow row) =>
        row.Key is { Length: > 0 and <= LongestKey }
        && (row.IsProtected
            || (PersonFields.Name(row.GivenName).Fault is null
                && PersonFields.Name(row.FamilyName).Fault is null
                && IsNumber(row.Mobile)
                && IsNumber(row.Landline)
                && (row.Kind == ContactKind.Company
                    ? PersonFields.Name(row.CompanyName).Fault is null && PersonFields.OrganisationNumber(row.OrganisationNumber).Fault is null
                    : row.BirthDate is not null)));

    private static bool IsNumber(string? text) => text is null || PhoneNumber.TryParse(text, norwegian: true, out _, out _);
}
