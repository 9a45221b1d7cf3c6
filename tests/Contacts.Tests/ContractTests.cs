using Ums.Testing;

namespace Ums.Contacts.Tests;

public sealed class ContractTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public Task the_open_api_document_is_the_committed_one() => CommittedDocument.AssertOpenApiUpToDateAsync(service.Client, "contacts");

    [Fact]
    public void every_route_has_a_decision_and_none_of_ours_is_open()
    {
        RouteRules.AssertEveryRouteHasADecision(service.Services);
        RouteRules.AssertAnonymous(service.Services);
    }
}
