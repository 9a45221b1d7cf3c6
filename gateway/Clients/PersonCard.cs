namespace Ums.Gateway.Clients;

/// <summary>What an operator searches for; what is given must all fit.</summary>
internal sealed record PersonSearch(string? Name, string? Phone, string? Address);

/// <param name="NamesPending">Some names are so new that they cannot be found yet.</param>
internal sealed record PersonHits(PersonHit[] People, Guid? After, bool NamesPending);

internal sealed record PersonHit(
    Guid Id, string Kind, string? GivenName, string? FamilyName, string? CompanyName, bool Masked, bool Protected, bool Restricted, bool Objects, string Source,
    string? Phone, int Phones, CardAddress? Address, int Addresses);

/// <summary>An entry as Contacts shows it to operators; what is hidden is null.</summary>
internal sealed record PersonCard(
    Guid Id, long Version, string Kind, string Source, bool IsNew, bool Masked, string? GivenName, string? FamilyName, string? CompanyName, string? OrganisationNumber,
    string? BirthDate, bool NameHidden, bool Protected, CardLimit? Restriction, CardLimit? Objection, bool SendingOff, CardPhone[] Phones, CardAddress[] Addresses,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, CardLine[] History)
{
    public bool IsCompany => Kind == "company";
}

internal sealed record CardLimit(DateTimeOffset Since, string Reason);

internal sealed record CardPhone(Guid Id, string? Number, string Kind, string Source);

internal sealed record CardAddress(
    Guid Id, string? Street, int? Number, string? Letter, string? Postcode, string? Place, bool Main, bool Alerts, string Source, double? Latitude, double? Longitude);

internal sealed record CardLine(DateTimeOffset At, string Actor, string? Operator, string Action, string? Field, long Version);

internal sealed record NewPerson(
    string Kind, string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, string? Phone, string? AddressId, bool NameHidden,
    bool Protected, string? Reason);

/// <summary>What is null stays as it is.</summary>
internal sealed record PersonCorrection(
    string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, bool? NameHidden, bool? Protected, string? Reason);
