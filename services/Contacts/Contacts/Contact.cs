namespace Ums.Contacts.Contacts;

public enum ContactKind
{
    Private,
    Company,
}

/// <summary>Who says so: the public register, or the resident (Tilläggsregistret).</summary>
public enum Source
{
    PublicRegister,
    SupplementaryRegister,
}

/// <summary>A private person, or a company's contact person, known to one organisation.</summary>
internal sealed class Contact
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required ContactKind Kind { get; init; }

    public required Source Source { get; init; }

    public byte[]? RegisterKey { get; init; }

    public required byte[] GivenName { get; init; }

    public required byte[] FamilyName { get; init; }

    public byte[]? CompanyName { get; init; }

    public byte[]? OrganisationNumber { get; init; }

    public byte[]? BirthDate { get; init; }

    public bool NameHidden { get; set; }

    public bool IsNew { get; init; }

    public bool MainChosen { get; set; }

    /// <summary>Counts the changes; every event carries the count that it made.</summary>
    public long Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When its resident last said that it is right; null since they registered. The register answers for its own.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>Nobody has answered for it: it is kept, and left out of every audience.</summary>
    public DateTimeOffset? PassiveAt { get; set; }

    /// <summary>With the rows that removed numbers leave behind.</summary>
    public List<Phone> Phones { get; } = [];

    /// <summary>With the rows that removed addresses leave behind.</summary>
    public List<ContactAddress> Addresses { get; } = [];

    public IEnumerable<Phone> CurrentPhones => Phones.Where(phone => phone.RemovedAt is null).OrderBy(phone => phone.Kind).ThenBy(phone => phone.Id);

    public IEnumerable<ContactAddress> CurrentAddresses =>
        Addresses.Where(address => address.RemovedAt is null).OrderByDescending(address => address.Main).ThenBy(address => address.Id);
}

/// <summary>A person of the public register who switched all sending off; kept by register key, so that no later import revives them.</summary>
internal sealed class OptOut
{
    public required Guid OrganisationId { get; init; }

    public required byte[] RegisterKey { get; init; }

    public required DateTimeOffset At { get; init; }
}
