using Microsoft.AspNetCore.Mvc;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Audiences;

internal static class AudienceRoutes
{
    /// <summary>Room for a list of a hundred thousand numbers.</summary>
    private const long LargestBody = 8 * 1024 * 1024;

    public static IHostApplicationBuilder AddAudiences(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SelectMembers>();
        builder.Services.AddScoped<ResolvePart>();
        builder.Services.AddSingleton<ResolveAudiences>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResolveAudiences>());
        return builder;
    }

    public static void MapAudiences(this IEndpointRouteBuilder routes)
    {
        var audiences = routes.MapGroup("/api/audiences").WithTags("Audiences").RequireScope(Scopes.AudienceRead)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        audiences.MapPost("/count", CountAudience.Handle).WithSummary("How many phones an alert would reach, and who is left out.");
        audiences.MapPost("/points", ShowAudience.Handle).WithSummary("Where they are: 5,000 places at most, spread evenly.");
        routes.MapPost("/internal/audiences/count", CountAudience.Handle).RequireScope(Scopes.AudienceRead).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
    }
}
