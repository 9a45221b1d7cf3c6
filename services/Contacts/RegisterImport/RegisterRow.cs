using Ums.Contacts.Contacts;
using Ums.Contacts.Places;

namespace Ums.Contacts.RegisterImport;

/// <summary>What the public register says of one person or one company's contact person.</summary>
/// <param name="Key">The register's own key, the same in every delivery.</param>
/// <param name="IsProtected">A protected identity. Nothing of it is kept.</param>
/// <param name="Municipality">Where the register says that the address lies; null where it does not say.</param>
/// <param name="Known">The address, where the register's supplier has matched it already.</param>
internal sealed record RegisterRow(
    string Key, ContactKind Kind, string GivenName, string FamilyName, DateOnly? BirthDate, string? Mobile, string? Landline,
    string Street, string? Number, string? Postcode, string? Place, string? CompanyName = null, string? OrganisationNumber = null,
    bool IsProtected = false, AddressFacts? Known = null, string? Municipality = null);

/// <summary>How an import ended.</summary>
internal sealed record ImportOutcome(Guid Id, int Added, int Changed, int Gone, int Refused);
