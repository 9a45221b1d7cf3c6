using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Confirmations;

internal static class ConfirmationsSetup
{
    public static IHostApplicationBuilder AddConfirmations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AskWhoIsDue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AskWhoIsDue>());
        return builder;
    }

    public static void MapConfirmations(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/contact").WithTags("Contact").RequireScope(Scopes.Contact).ProducesRefusals().MapPut("/confirmation", ConfirmContact.Handle);
}
