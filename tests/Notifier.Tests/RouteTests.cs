using Ums.Testing;

namespace Ums.Notifier.Tests;

public class RouteTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    [Fact]
    public void every_route_has_a_decision() => RouteRules.AssertEveryRouteHasADecision(notifier.Services);

    [Fact]
    public void these_routes_and_no_others_are_open_to_anyone() => RouteRules.AssertAnonymous(notifier.Services,
        // The seal and the unguessable address are their credentials.
        "POST /internal/messages/pin-requested", "POST /webhooks/{provider}/{token}", "GET /speech/{token}",
        // What has been sent to thousands of phones.
        "GET /api/alert-codes/{code}", "GET /api/disturbances/{organisation:guid}",
        // Development only.
        "GET /dev/phone/", "GET /dev/phone/{number}", "GET /dev/phone/calls/{id:guid}.wav", "GET /dev/phone/phone.css", "GET /dev/phone/phone.js");

    [Fact]
    public Task the_committed_openapi_document_is_what_the_code_makes() => CommittedDocument.AssertOpenApiUpToDateAsync(notifier.Client, "notifier");
}
