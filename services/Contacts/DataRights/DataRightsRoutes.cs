using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.DataRights;

internal static class DataRightsRoutes
{
    public static void MapDataRights(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/contact/export", ExportContact.Handle).WithTags("Data rights").RequireScope(Scopes.Contact)
            .Produces<ExportContact.Document>().ProducesProblem(StatusCodes.Status404NotFound);
}
