using MassTransit;

namespace Ums.Messages.Events;

[MessageUrn("ums:contact-registered"), Contract("contacts")]
public sealed record ContactRegistered(Guid ContactId, Guid OrganisationId, string Kind, long Version, DateTimeOffset OccurredAt);

/// <param name="Changed">What changed, such as <c>nameVisibility</c>.</param>
[MessageUrn("ums:contact-changed"), Contract("contacts")]
public sealed record ContactChanged(Guid ContactId, Guid OrganisationId, string Changed, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:contact-removed"), Contract("contacts")]
public sealed record ContactRemoved(Guid ContactId, Guid OrganisationId, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:phone-added"), Contract("contacts")]
public sealed record PhoneAdded(Guid ContactId, Guid OrganisationId, Guid PhoneId, string Kind, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:phone-removed"), Contract("contacts")]
public sealed record PhoneRemoved(Guid ContactId, Guid OrganisationId, Guid PhoneId, long Version, DateTimeOffset OccurredAt);

/// <summary>Geocoding answers with <see cref="AddressLocated"/> or <see cref="AddressNotLocated"/>.</summary>
/// <param name="ContactAddressId">The contact's own row for the address.</param>
/// <param name="AddressId">The address in Geocoding.</param>
[MessageUrn("ums:address-added"), Contract("contacts", "geocoding")]
public sealed record AddressAdded(
    Guid ContactId, Guid OrganisationId, Guid ContactAddressId, string AddressId, string MunicipalityCode, bool Main, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:address-removed"), Contract("contacts")]
public sealed record AddressRemoved(Guid ContactId, Guid OrganisationId, Guid ContactAddressId, string AddressId, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:main-address-changed"), Contract("contacts")]
public sealed record MainAddressChanged(Guid ContactId, Guid OrganisationId, Guid ContactAddressId, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:address-alerts-changed"), Contract("contacts")]
public sealed record AddressAlertsChanged(
    Guid ContactId, Guid OrganisationId, Guid ContactAddressId, bool Enabled, long Version, DateTimeOffset OccurredAt);

[MessageUrn("ums:register-imported"), Contract("contacts")]
public sealed record RegisterImported(Guid ImportId, Guid OrganisationId, int Added, int Changed, int Gone, int Refused, DateTimeOffset OccurredAt);
