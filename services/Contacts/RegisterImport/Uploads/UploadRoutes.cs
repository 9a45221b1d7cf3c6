using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.RegisterImport.Uploads;

internal static class UploadRoutes
{
    public static IHostApplicationBuilder AddRegisterImport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ImportRegister>();
        builder.Services.AddTransient<MatchAddresses>();
        builder.Services.AddSingleton<SealRows>();
        builder.Services.AddSingleton<MergeRegister>();
        builder.Services.AddOptions<UploadOptions>().BindConfiguration("RegisterImport").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<StageUpload>();
        builder.Services.AddScoped<MergeUpload>();
        builder.Services.AddSingleton<RestoreUndo>();
        builder.Services.AddSingleton<RunUploads>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunUploads>());
        return builder;
    }

    public static void MapRegisterImport(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/imports/register").WithTags("Register import").RequireScope(Scopes.RegisterImport);
        imports.MapPost("", ReceiveUpload.Handle).WithName("StartRegisterImport")
            .WithSummary("Takes a public register as CSV or NDJSON, plain or gzip; docs/register.schema.json describes a row.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        imports.MapGet("", GetUpload.List).WithName("ListRegisterImports").WithSummary("The latest imports, newest first.");
        var one = imports.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", GetUpload.Handle).WithName("GetRegisterImport").WithSummary("How far an import is and what it would do, or did.");
        one.MapGet("/samples", ShowSamples.Handle).WithName("ShowRegisterSamples").WithSummary("Some people of each kind to look at before approving.");
        one.MapGet("/refused", GetRefusals.Handle).WithName("GetRefusedRegisterRows").WithSummary("Every row that was not taken, where it stands and why.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        one.MapPost("/approve", DecideUpload.Approve).WithName("ApproveRegisterImport").WithSummary("Lets it in.").ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPost("/discard", DecideUpload.Discard).WithName("DiscardRegisterImport").WithSummary("Throws it away.").ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPost("/roll-back", DecideUpload.RollBack).WithName("RollBackRegisterImport")
            .WithSummary("Puts back what was before, but for what residents have changed since.").ProducesProblem(StatusCodes.Status409Conflict);
    }
}
