using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Records;

internal static class RecordRoutes
{
    public static IHostApplicationBuilder AddRecords(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<RecordKeeper>();
        builder.Services.AddSingleton<IndexNames>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IndexNames>());
        return builder;
    }

    public static void MapRecords(this IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("/api/contacts").WithTags("Records").ProducesProblem(StatusCodes.Status400BadRequest)
            // Entries belong to an organisation; a token that is bound to none has nothing to do here.
            .RequireAuthorization(policy => policy.RequireClaim(Claims.Organisation).RequireClaim(Claims.OrganisationSlug));

        var look = records.MapGroup("").RequireScope(Scopes.ContactRead);
        look.MapPost("/search", SearchRecords.Handle).WithSummary("Finds people by name, number or address.");
        look.MapGet("/{id:guid}", ReadRecord.Handle).WithSummary("A person's card; the ETag is its version.").ProducesProblem(StatusCodes.Status404NotFound);

        var write = records.MapGroup("").RequireScope(Scopes.ContactRead, Scopes.ContactWrite).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        write.MapPost("", AddRecord.Handle).WithSummary("Enters somebody in the supplementary register.").ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        write.MapPost("/{id:guid}/unmask", UnmaskRecord.Handle).RequireFreshSignIn().WithSummary("The card with what is hidden, for a reason.");
        write.MapPost("/{id:guid}/export", ExportRecord.Handle).RequireFreshSignIn().WithSummary("All that is held about one person, for them.")
            .Produces<ExportRecord.Document>();

        var change = write.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        change.MapPut("", CorrectRecord.Handle).WithSummary("Puts right what stands about the person; what is left out stays.");
        change.MapPost("/erase", EraseRecord.Handle).RequireFreshSignIn().WithSummary("Erases the person, for a reason.");
        change.MapPut("/restriction", LimitRecord.Restrict).WithSummary("Restricts the processing of the entry, or lifts that (GDPR article 18).");
        change.MapPut("/objection", LimitRecord.Object).WithSummary("Takes down that the person objects, or no longer does (GDPR article 21).");
        change.MapPost("/phones", ChangePhones.Add);
        change.MapDelete("/phones/{phone:guid}", ChangePhones.Remove);
        change.MapPost("/addresses", ChangeAddresses.Add).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        change.MapDelete("/addresses/{address:guid}", ChangeAddresses.Remove);
        change.MapPut("/addresses/{address:guid}/main", ChangeAddresses.MakeMainOne);
        change.MapPut("/addresses/{address:guid}/alerts", ChangeAddresses.Alerts);
    }
}
