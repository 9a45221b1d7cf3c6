using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Addresses;

internal static class AddressRoutes
{
    public static IHostApplicationBuilder AddAddresses(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AskAgain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AskAgain>());
        return builder;
    }

    public static void MapAddresses(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/contact/addresses").WithTags("Addresses").RequireScope(Scopes.Contact).ProducesRefusals();
        own.MapPost("", AddAddress.Handle).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        own.MapDelete("/{id:guid}", RemoveAddress.Handle);
        own.MapPut("/{id:guid}/main", MakeMain.Handle);
        own.MapPut("/{id:guid}/alerts", SwitchAlerts.Handle);
    }
}
