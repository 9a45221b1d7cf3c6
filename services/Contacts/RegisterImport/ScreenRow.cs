using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.RegisterImport;

/// <summary>What a row must have to be taken. A protected identity passes with its key alone.</summary>
internal static class ScreenRow
{
    private const int LongestKey = 100;

    /// <summary>Nobody alive was born before; such a date is a slip of the pen.</summary>
    private const int EarliestYear = 1890;

    public static bool IsUsable(RegisterRow row) => Fault(row) is null;

    /// <returns>What is wrong, as a word; null where nothing is.</returns>
    public static string? Fault(RegisterRow row) => row switch
    {
        { Key.Length: 0 or > LongestKey } => "register-key",
        { IsProtected: true } => null,
        _ when PersonFields.Name(row.GivenName).Fault is not null => "given-name",
        _ when PersonFields.Name(row.FamilyName).Fault is not null => "family-name",
        _ when !IsNumber(row.Mobile) => "mobile",
        _ when !IsNumber(row.Landline) => "landline",
        _ when !CanBeMatched(row) => "address",
        { Kind: ContactKind.Company } when PersonFields.Name(row.CompanyName).Fault is not null => "company-name",
        { Kind: ContactKind.Company } when PersonFields.OrganisationNumber(row.OrganisationNumber).Fault is not null => "organisation-number",
        { Kind: ContactKind.Private } when !IsBirthDate(row.BirthDate) => "birth-date",
        _ => null,
    };

    /// <summary>Within what Geocoding takes: one row too long would have its whole batch refused.</summary>
    private static bool CanBeMatched(RegisterRow row) =>
        row is { Street.Length: > 0 and <= 200, Number: null or { Length: <= 20 }, Postcode: null or { Length: <= 20 }, Place: null or { Length: <= 100 } };

    private static bool IsNumber(string? text) => text is null || PhoneNumber.TryParse(text, norwegian: true, out _, out _);

    private static bool IsBirthDate(DateOnly? date) => date is { } born && born < DateOnly.MaxValue && born.Year >= EarliestYear;
}
