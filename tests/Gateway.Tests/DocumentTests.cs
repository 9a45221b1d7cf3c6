using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Ums.Testing;
using Xunit;
using Yarp.ReverseProxy.Model;

namespace Ums.Gateway.Tests;

/// <summary>The documents that the gateway hands out, and whether it keeps what they promise.</summary>
public sealed class DocumentTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task the_index_is_the_committed_one_and_every_document_in_it_is_answered_by_its_service()
    {
        gateway.Town.Reset();
        CommittedDocument.AssertUpToDate("docs/openapi/index.json",
            JsonSerializer.Serialize(await gateway.Client.GetFromJsonAsync<JsonElement>("/api/openapi"), Indented));

        foreach (var (service, address) in await IndexAsync())
        {
            Assert.True(File.Exists(Path.Combine(CommittedDocument.Root, "docs", "openapi", service + ".json")), service);
            using var answer = await gateway.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal((await IndexAsync()).Count, gateway.Town.Requests.Count(seen => seen.Path == "/api/openapi"));
    }

    [Fact]
    public async Task what_a_service_documents_the_world_can_call()
    {
        var routes = Proxied();
        var unreachable = new List<string>();
        foreach (var service in (await IndexAsync()).Keys)
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(CommittedDocument.Root, "docs", "openapi", service + ".json")));
            foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            {
                foreach (var verb in path.Value.EnumerateObject().Select(operation => operation.Name.ToUpperInvariant()))
                {
                    if (!routes.Any(route => route.Service == service && route.Verbs.Contains(verb) && Matches(route.Path, path.Name)))
                    {
                        unreachable.Add($"{service}: {verb} {path.Name}");
                    }
                }
            }
        }
        Assert.True(unreachable.Count == 0, string.Join('\n', unreachable));
    }

    private async Task<Dictionary<string, string>> IndexAsync() => (await gateway.Client.GetFromJsonAsync<Dictionary<string, string>>("/api/openapi"))!;

    private List<(string Service, string Path, IReadOnlyList<string> Verbs)> Proxied() => [.. gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<RouteModel>()).OfType<RouteModel>()
        .Select(route => (route.Config.ClusterId!, route.Config.Match.Path!, route.Config.Match.Methods!))];

    private static bool Matches(string route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(new PathString(path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)), []);
}
