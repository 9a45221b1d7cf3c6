using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using Ums.Messages;
using Ums.Testing;

namespace Ums.Repository.Tests;

public sealed class MessageRules
{
    private static readonly List<Type> Messages =
        [.. typeof(ContractAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ContractAttribute))).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Messages.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void is_published_by_the_service_that_its_contract_names_and_by_no_other(string message)
    {
        var type = TypeOf(message);
        var publishes = new Regex($@"\bnew {type.Name}\(");
        var publishers = Sources.Services.Where(service => Sources.Files(Sources.FolderOf(service), ".cs").Any(file => publishes.IsMatch(Sources.Read(file))));
        Assert.Equal([ContractOf(type).From], publishers);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void is_consumed_by_the_services_that_its_contract_names_and_by_no_other(string message)
    {
        var type = TypeOf(message);
        var consumers = Sources.Services.Where(service => Sources.AssemblyOf(service).GetTypes().Any(consumer => typeof(IConsumer<>).MakeGenericType(type).IsAssignableFrom(consumer)));
        Assert.Equal(ContractOf(type).To.Order(StringComparer.Ordinal), consumers);
    }

    /// <summary>The broker returns a mandatory message where it finds no queue at all; with two consumers it would be silent about the one that never started.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void has_one_consumer_of_ours_at_most(string message) => Assert.InRange(ContractOf(TypeOf(message)).To.Count, 0, 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void is_a_sealed_record_with_a_pinned_urn_and_thin(string message)
    {
        var type = TypeOf(message);
        Assert.True(type.IsSealed);
        Assert.NotNull(type.GetMethod("<Clone>$"));
        Assert.NotNull(type.GetCustomAttribute<MessageUrnAttribute>());
        // Names, phones and PINs stay in the service that owns them; what must travel is sealed.
        Assert.DoesNotContain(type.GetProperties(), property => property.PropertyType == typeof(string)
            && Regex.IsMatch(property.Name, "Name|Phone|Number|Pin$|Street|Birth|Text", RegexOptions.None));
    }

    /// <summary>Subscribers know them by heart. A new message gets a new line; a line never changes.</summary>
    [Fact]
    public void urns_are_those_that_subscribers_know() => Assert.Equal(new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["AddressAdded"] = "urn:message:ums:address-added",
        ["AddressAlertsChanged"] = "urn:message:ums:address-alerts-changed",
        ["AddressLocated"] = "urn:message:ums:address-located",
        ["AddressNotLocated"] = "urn:message:ums:address-not-located",
        ["AddressRemoved"] = "urn:message:ums:address-removed",
        ["AlertApproved"] = "urn:message:ums:alert-approved",
        ["AlertCancelled"] = "urn:message:ums:alert-cancelled",
        ["AlertCompleted"] = "urn:message:ums:alert-completed",
        ["AlertProgressed"] = "urn:message:ums:alert-progressed",
        ["AlertSubmitted"] = "urn:message:ums:alert-submitted",
        ["AskToConfirm"] = "urn:message:ums:ask-to-confirm",
        ["AudienceBatch"] = "urn:message:ums:audience-batch",
        ["ContactChanged"] = "urn:message:ums:contact-changed",
        ["ContactRegistered"] = "urn:message:ums:contact-registered",
        ["ContactRemoved"] = "urn:message:ums:contact-removed",
        ["MainAddressChanged"] = "urn:message:ums:main-address-changed",
        ["MessageAccepted"] = "urn:message:ums:message-accepted",
        ["MessageDelivered"] = "urn:message:ums:message-delivered",
        ["MessageFailed"] = "urn:message:ums:message-failed",
        ["OrganisationChanged"] = "urn:message:ums:organisation-changed",
        ["PhoneAdded"] = "urn:message:ums:phone-added",
        ["PhoneRemoved"] = "urn:message:ums:phone-removed",
        ["PinLockedOut"] = "urn:message:ums:pin-locked-out",
        ["PinRequested"] = "urn:message:ums:pin-requested",
        ["PinVerified"] = "urn:message:ums:pin-verified",
        ["RegisterImported"] = "urn:message:ums:register-imported",
        ["ResolveAudience"] = "urn:message:ums:resolve-audience",
    }, new SortedDictionary<string, string>(Messages.ToDictionary(type => type.Name, MessageUrn.ForTypeString), StringComparer.Ordinal));

    [Fact]
    public void the_asyncapi_document_is_the_codes() => CommittedDocument.AssertUpToDate("docs/asyncapi.json", AsyncApi.Document(Messages));

    internal static ContractAttribute ContractOf(Type type) => type.GetCustomAttribute<ContractAttribute>()!;

    private static Type TypeOf(string message) => Messages.Single(type => type.FullName == message);
}
