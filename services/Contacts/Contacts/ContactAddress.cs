using Ums.Contacts.Places;

namespace Ums.Contacts.Contacts;

internal enum Remover
{
    Resident,
    Register,
}

/// <summary>An address that a contact is warned for. Exactly one is the main one.</summary>
internal sealed class ContactAddress
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>The address in Geocoding.</summary>
    public required string AddressId { get; init; }

    public required string Street { get; init; }

    public int? Number { get; init; }

    public string? Letter { get; init; }

    public required string Postcode { get; init; }

    public required string Place { get; init; }

    public required string MunicipalityCode { get; init; }

    public required Source Source { get; init; }

    public bool Main { get; set; }

    public bool Alerts { get; private set; } = true;

    public bool AlertsChosen { get; private set; }

    public int? Gnr { get; init; }

    public int? Bnr { get; init; }

    public int? Fnr { get; init; }

    public int? Snr { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Why Geocoding has no position for it.</summary>
    public string? NotLocated { get; init; }

    public required DateTimeOffset AnnouncedAt { get; set; }

    public int Announced { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public Remover? RemovedBy { get; private set; }

    /// <summary>What Geocoding says of the address, but for its position and property keys: they come by <c>AddressLocated</c>.</summary>
    public static ContactAddress Chosen(Contact contact, AddressFacts facts, bool main, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = contact.OrganisationId,
        ContactId = contact.Id,
        AddressId = facts.AddressId,
        Street = facts.Street,
        Number = facts.Number,
        Letter = facts.Letter,
        Postcode = facts.Postcode,
        Place = facts.Place,
        MunicipalityCode = facts.MunicipalityCode,
        Source = Source.SupplementaryRegister,
        Main = main,
        AnnouncedAt = now,
        CreatedAt = now,
    };

    public void SwitchAlerts(bool enabled) => (Alerts, AlertsChosen) = (enabled, true);

    public void Remove(DateTimeOffset now) => (Main, RemovedAt, RemovedBy) = (false, now, Remover.Resident);

    /// <summary>The resident wants an address back that they, or the register, once removed.</summary>
    public void Restore(DateTimeOffset now)
    {
        (RemovedAt, RemovedBy, AnnouncedAt) = (null, null, now);
        SwitchAlerts(true);
    }
}
