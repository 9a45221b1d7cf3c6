using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Organisations;

internal static class OrganisationsApi
{
    public static IHostApplicationBuilder AddOrganisations(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            builder.Services.AddHostedService<DemoOrganisations>();
        }
        return builder;
    }

    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        var organisations = routes.MapGroup("/api/organisations").WithTags("Organisations").AllowAnonymous();
        organisations.MapGet("", FindOrganisations.Handle).WithName(nameof(FindOrganisations));
        organisations.MapGet("{slug}", GetOrganisation.Handle).WithName(nameof(GetOrganisation));
        var settings = routes.MapGroup("/api/organisations/{slug}/settings").WithTags("Organisations");
        settings.MapGet("", ReadSettings.Handle).RequireScope(Scopes.OrganisationRead).WithName(nameof(ReadSettings));
        settings.MapPut("", ChangeSettings.Handle).RequireScope(Scopes.OrganisationWrite).WithName(nameof(ChangeSettings));
        organisations.MapGet("covering/{code}", FindCoveringOrganisations.Handle).WithName(nameof(FindCoveringOrganisations));
    }
}
