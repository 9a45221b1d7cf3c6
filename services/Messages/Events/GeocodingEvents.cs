using MassTransit;

namespace Ums.Messages.Events;

/// <summary>The position (WGS84 degrees) and property keys of an address that a contact added.</summary>
[MessageUrn("ums:address-located"), Contract("geocoding", "contacts")]
public sealed record AddressLocated(
    Guid ContactId, Guid OrganisationId, Guid ContactAddressId, string AddressId,
    double Latitude, double Longitude, int? Gnr, int? Bnr, int? Fnr, int? Snr, DateTimeOffset OccurredAt);

/// <param name="Reason">A stable word: <c>unknown-address</c> or <c>no-position</c>.</param>
[MessageUrn("ums:address-not-located"), Contract("geocoding", "contacts")]
public sealed record AddressNotLocated(
    Guid ContactId, Guid OrganisationId, Guid ContactAddressId, string AddressId, string Reason, DateTimeOffset OccurredAt);
