using System.Globalization;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>A row as text, by the names that both formats have; docs/register.schema.json describes them.</summary>
internal sealed record RawRow
{
    public static readonly string[] Columns =
    [
        "registerKey", "givenName", "familyName", "birthDate", "companyName", "organisationNumber", "mobile", "landline", "street", "number", "letter", "postcode", "place",
        "municipalityCode", "protected",
    ];

    public string? RegisterKey { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? BirthDate { get; init; }

    public string? CompanyName { get; init; }

    public string? OrganisationNumber { get; init; }

    public string? Mobile { get; init; }

    public string? Landline { get; init; }

    public string? Street { get; init; }

    public string? Number { get; init; }

    public string? Letter { get; init; }

    public string? Postcode { get; init; }

    public string? Place { get; init; }

    public string? MunicipalityCode { get; init; }

    public bool Protected { get; init; }

    public FileRow At(long line)
    {
        var isCompany = Given(CompanyName) is not null || Given(OrganisationNumber) is not null;
        var born = Given(BirthDate) is { } text
            ? DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : DateOnly.MaxValue
            : (DateOnly?)null;
        var row = new RegisterRow(
            Given(RegisterKey) ?? "", isCompany ? ContactKind.Company : ContactKind.Private, GivenName ?? "", FamilyName ?? "", born, Given(Mobile), Given(Landline), Given(Street) ?? "",
            Given(Number + Letter), Given(Postcode), Given(Place), Given(CompanyName), Given(OrganisationNumber), Protected, Municipality: Given(MunicipalityCode));
        return new FileRow(line, row, ScreenRow.Fault(row), Protected ? null : [RegisterKey ?? "", Street ?? "", Number + Letter, Postcode ?? "", Place ?? ""]);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
