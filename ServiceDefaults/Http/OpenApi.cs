using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Ums.ServiceDefaults.Tokens;

namespace Ums.ServiceDefaults.Http;

/// <summary>The service's OpenAPI document at <c>/api/openapi</c>; the committed one is <c>docs/openapi/{service}.json</c>, and a test compares the two.</summary>
public static class OpenApi
{
    public const string Route = "/api/openapi";

    private const string Document = "v1";
    private const string Bearer = "bearer";

    /// <param name="service">The resource name, such as <c>contacts</c>.</param>
    public static IHostApplicationBuilder AddOpenApiDocument(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<Marker>();
        builder.Services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = route => route.RelativePath is { } path && !path.StartsWith("internal/", StringComparison.Ordinal);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = $"UMS Population Alert: {service}", Version = "1" };
                // The address belongs to the installation, not to the contract.
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = Bearer,
                    BearerFormat = "JWT",
                    Description = "An access token from /connect/token.",
                });
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(StateAuthorisation);
            // Use cases nest their Request and Response; by the bare name one would stand for all.
            options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? $"{type.Type.DeclaringType?.Name}{name}" : null;
        });
        return builder;
    }

    /// <summary>Maps the document where <see cref="AddOpenApiDocument"/> was called.</summary>
    internal static void MapOpenApiDocument(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<Marker>() is not null)
        {
            routes.MapOpenApi(Route).AllowAnonymous();
        }
    }

    /// <summary>A route says which scopes it wants, and that it answers 401 and 403.</summary>
    private static Task StateAuthorisation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScopes>().LastOrDefault() is { } required)
        {
            // In a list of requirements one is enough; the scopes of one are wanted together.
            operation.Security = [.. (required.OneIsEnough ? required.Scopes.Select(scope => (string[])[scope]) : [[.. required.Scopes]])
                .Select(scopes => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [.. scopes] })];
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No valid token." });
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The token lacks the scope." });
        }
        return Task.CompletedTask;
    }

    private sealed class Marker;
}
