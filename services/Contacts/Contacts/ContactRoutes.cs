using System.Text.Json;
using System.Text.Json.Serialization;
using Ums.ServiceDefaults.Secrets;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Contacts;

internal static class ContactRoutes
{
    public static IHostApplicationBuilder AddContacts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PersonalData>();
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));
        return builder;
    }

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/contact").WithTags("Contact").RequireScope(Scopes.Contact);
        own.MapGet("", ReadContact.Handle);
        own.MapPost("", RegisterContact.Handle);
        own.MapDelete("", RemoveContact.Handle);
        own.MapPut("/name-visibility", HideName.Handle);
    }
}
