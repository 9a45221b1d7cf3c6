using Ums.Messages.Events;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.Contacts;

/// <summary>The changes that several use cases make: each with its audit word and its event.</summary>
internal static class Told
{
    public static void PhoneAdded(this Change change, Phone phone) => change.Record("phone-added", phone.Id.ToString(), version => new PhoneAdded(
        phone.ContactId, phone.OrganisationId, phone.Id, phone.Kind == PhoneKind.Mobile ? "mobile" : "landline", version, change.At));

    public static void PhoneRemoved(this Change change, Phone phone) => change.Record("phone-removed", phone.Id.ToString(), version =>
        new PhoneRemoved(phone.ContactId, phone.OrganisationId, phone.Id, version, change.At));

    public static void AddressAdded(this Change change, ContactAddress address) => change.Record("address-added", address.Id.ToString(), version => new AddressAdded(
        address.ContactId, address.OrganisationId, address.Id, address.AddressId, address.MunicipalityCode, address.Main, version, change.At));

    public static void AddressRemoved(this Change change, ContactAddress address) => change.Record("address-removed", address.Id.ToString(), version =>
        new AddressRemoved(address.ContactId, address.OrganisationId, address.Id, address.AddressId, version, change.At));

    public static void MainAddressChanged(this Change change, ContactAddress address) => change.Record("main-address-changed", address.Id.ToString(), version =>
        new MainAddressChanged(address.ContactId, address.OrganisationId, address.Id, version, change.At));

    public static void AlertsSwitched(this Change change, ContactAddress address) =>
        change.Record(address.Alerts ? "alerts-switched-on" : "alerts-switched-off", address.Id.ToString(), version =>
            new AddressAlertsChanged(address.ContactId, address.OrganisationId, address.Id, address.Alerts, version, change.At));
}
