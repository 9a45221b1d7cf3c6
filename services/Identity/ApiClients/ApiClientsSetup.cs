using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.ApiClients;

internal static class ApiClientsSetup
{
    public static IHostApplicationBuilder AddApiClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<ConfiguredClients>();
        return builder;
    }

    public static void MapApiClients(this IEndpointRouteBuilder routes)
    {
        var clients = routes.MapGroup("/api/organisations/{slug}/clients").RequireScope(Scopes.OrganisationWrite).WithTags("API clients");
        clients.MapGet("", ListClients.Handle).WithName(nameof(ListClients));
        clients.MapPost("", CreateClient.Handle).RequireFreshSignIn().WithName(nameof(CreateClient));
        clients.MapPost("{id}/secret", RotateSecret.Handle).RequireFreshSignIn().WithName(nameof(RotateSecret));
        clients.MapDelete("{id}", RevokeClient.Handle).WithName(nameof(RevokeClient));
    }
}
