using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Phones;

internal static class PhoneRoutes
{
    public static IHostApplicationBuilder AddPhones(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PhoneProof>();
        builder.Services.AddSingleton<ForgetNumbers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ForgetNumbers>());
        return builder;
    }

    public static void MapPhones(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/contact/phones").WithTags("Phones").RequireScope(Scopes.Contact).ProducesRefusals();
        own.MapPost("", AddPhone.Handle);
        own.MapDelete("/{id:guid}", RemovePhone.Handle);
    }
}
