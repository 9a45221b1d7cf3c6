using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ums.ServiceDefaults.Tokens;
using Xunit.Sdk;

namespace Ums.Testing;

/// <summary>What the walk finds in the service: an organisation with rows of its own, and another.</summary>
/// <param name="Prepare">Before each request, so that what one deletes is there for the next.</param>
/// <param name="ValueOf">A route's parameter to the id of a row of <paramref name="Organisation"/>; null for one that names nothing.</param>
public sealed record AccessScene(
    Guid Organisation, string Slug, Guid Other, string OtherSlug, Func<Task>? Prepare = null, Func<string, string?>? ValueOf = null)
{
    /// <summary>The operator whom the tokens name, and their session: Identity looks them up.</summary>
    public Guid Operator { get; init; } = Guid.CreateVersion7();

    public Guid Session { get; init; } = Guid.CreateVersion7();
}

/// <summary>
/// Asks every route of a service as everybody, and compares who is let in with <c>docs/access/{service}.md</c>. Routes that are made later are asked too: they show
/// as lines that the document does not have.
/// </summary>
public static partial class AccessWalk
{
    private static readonly string[] Callers = ["nobody", "resident", .. Roles.All, "another's administrator", "UMS"];

    public static async Task AssertAsync<TProgram>(ServiceFixture<TProgram> fixture, AccessScene scene) where TProgram : class
    {
        var text = new StringBuilder($"""
            # Who may do what in {fixture.Name}

            Made by a test that asks each route as each of these, with ids of one organisation: **yes** (let in, whatever the empty request then lacks), **401** (who
            are you?), **403** (not you) or **404** (as if there were none). "UMS" has not entered an organisation yet; inside it is an administrator.
            [Which role has which scopes](../access.md).

            | route | {string.Join(" | ", Callers)} |
            |---|{string.Concat(Enumerable.Repeat("---|", Callers.Length))}

            """);
        var open = new List<string>();
        foreach (var route in RoutesOf(fixture.Services))
        {
            if (route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                open.Add($"`{route.Name}`");
                continue;
            }
            var answers = new List<string>();
            foreach (var caller in Callers)
            {
                answers.Add(await AskAsync(fixture, scene, route, caller));
            }
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{route.Name}` | {string.Join(" | ", answers)} |");
        }
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Open to anyone: {string.Join(", ", open)}.");
        CommittedDocument.AssertUpToDate($"docs/access/{fixture.Name}.md", text.ToString());
    }

    private static List<(string Name, string Method, string Path, RouteEndpoint Endpoint)> RoutesOf(IServiceProvider services) =>
        [.. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => ($"{method} /{route.RoutePattern.RawText!.Trim('/')}", method, "/" + route.RoutePattern.RawText.Trim('/'), route)))
            .Where(route => route.Item3 is not ("/metrics" or "/health" or "/alive"))
            .DistinctBy(route => route.Item1).OrderBy(route => route.Item3, StringComparer.Ordinal).ThenBy(route => route.method, StringComparer.Ordinal)];

    private static async Task<string> AskAsync<TProgram>(
        ServiceFixture<TProgram> fixture, AccessScene scene, (string Name, string Method, string Path, RouteEndpoint Endpoint) route, string caller) where TProgram : class
    {
        if (scene.Prepare is { } prepare)
        {
            await prepare();
        }
        using var client = TokenOf(fixture.Tokens, scene, caller) is { } token ? fixture.ClientWith(token) : fixture.ClientWith(new Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactoryClientOptions());
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), Fill(route.Path, scene));
        if (route.Method is "POST" or "PUT")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode switch
        {
            401 or 403 or 404 => ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
            500 => throw new XunitException($"{route.Name} as {caller}: {await answer.Content.ReadAsStringAsync()}"),
            _ => "yes",
        };
    }

    private static string? TokenOf(TestTokens tokens, AccessScene scene, string caller) => caller switch
    {
        "nobody" => null,
        "resident" => tokens.Resident(scene.Organisation, organisationSlug: scene.Slug),
        "UMS" => tokens.Operator(ScopesOf(), session: scene.Session, subject: scene.Operator, staff: true),
        "another's administrator" => tokens.Operator(ScopesOf(Roles.Administrator), scene.Other, scene.OtherSlug, Roles.Administrator, scene.Session, scene.Operator),
        var role => tokens.Operator(ScopesOf(role), scene.Organisation, scene.Slug, role, scene.Session, scene.Operator),
    };

    private static string ScopesOf(params string[] roles) => string.Join(' ', Roles.ScopesOf(roles));

    private static string Fill(string path, AccessScene scene) => Parameter().Replace(path, found => found.Groups[1].Value == "slug"
        ? scene.Slug
        : scene.ValueOf?.Invoke(path) ?? (found.Groups[2].Value.Contains("guid", StringComparison.Ordinal) ? "0198a000-0000-7000-8000-00000000abcd"
            : found.Groups[2].Value.Contains("int", StringComparison.Ordinal) ? "1" : "x"));

    [GeneratedRegex(@"\{\*{0,2}(\w+)([^}]*)\}")]
    private static partial Regex Parameter();
}
