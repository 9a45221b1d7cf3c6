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

    /// <summary>What every change of an entry may answer instead: errors in the request, no entry, a rule in the way.</summary>
    public static RouteGroupBuilder ProducesRefusals(this RouteGroupBuilder routes) => routes
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/contact").WithTags("Contact").RequireScope(Scopes.Contact).ProducesRefusals();
        own.MapGet("", ReadContact.Handle);
        own.MapPost("", RegisterContact.Handle).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        own.MapDelete("", RemoveContact.Handle);
        own.MapPut("/name-visibility", HideName.Handle);
    }
}
