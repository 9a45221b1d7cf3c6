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
                && CanBeMatched(row)
                && (row.Kind == ContactKind.Company
                    ? PersonFields.Name(row.CompanyName).Fault is null && PersonFields.OrganisationNumber(row.OrganisationNumber).Fault is null
                    : row.BirthDate is not null)));

    /// <summary>Within what Geocoding takes: one row too long would have its whole batch refused.</summary>
    private static bool CanBeMatched(RegisterRow row) =>
        row is { Street.Length: > 0 and <= 200, Number: null or { Length: <= 20 }, Postcode: null or { Length: <= 20 }, Place: null or { Length: <= 100 } };

    private static bool IsNumber(string? text) => text is null || PhoneNumber.TryParse(text, norwegian: true, out _, out _);
}
