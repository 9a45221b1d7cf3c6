using Ums.ServiceDefaults.Tokens;

namespace Ums.Notifier.Templates;

internal static class TemplatesSetup
{
    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup("/api/templates").WithTags("Templates").RequireAuthorization(policy => policy.RequireClaim(Claims.Organisation));

        var look = templates.MapGroup("").RequireScope(Scopes.AlertRead);
        look.MapGet("", ReadTemplates.All);
        look.MapGet("/{id:guid}", ReadTemplates.One);

        var write = templates.MapGroup("").RequireScope(Scopes.AlertWrite);
        write.MapPost("", AddTemplate.Handle);
        write.MapPut("/{id:guid}", ChangeTemplate.Write);
        write.MapDelete("/{id:guid}", ChangeTemplate.Remove);
    }
}
