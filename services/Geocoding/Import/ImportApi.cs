using Ums.Geocoding.Import.Formats;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Geocoding.Import;

internal static class ImportApi
{
    public static IHostApplicationBuilder AddImport(this IHostApplicationBuilder builder)
    {
        builder.AddImporter();
        builder.Services.AddSingleton<RunImports>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunImports>());
        return builder;
    }

    /// <summary>What the command line needs of it.</summary>
    public static IHostApplicationBuilder AddImporter(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ImportOptions>().BindConfiguration("Import").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ImportAddresses>();
        return builder;
    }

    public static void MapImport(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/imports/addresses").WithTags("Imports").RequireScope(Scopes.AddressImport);
        group.MapPost("/", StartImport.Handle).WithName("StartImport")
            .WithSummary($"Takes a file of addresses (format: {string.Join(", ", AddressFormat.ByName.Keys.Order(StringComparer.Ordinal))}) and imports it: all of it in place of what its source had, or nothing.");
        group.MapGet("/{id:guid}", GetImport.Handle).WithName("GetImport").WithSummary("How far an import is, or what came of it.");
        group.MapGet("/{id:guid}/refused", GetRefusedRows.Handle).WithName("GetRefusedRows").WithSummary("Every row that was not taken, where it stands and why, as CSV.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }
}
