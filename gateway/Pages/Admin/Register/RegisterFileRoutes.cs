using Microsoft.AspNetCore.Http.Features;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Security;

namespace Ums.Gateway.Pages.Admin.Register;

internal static class RegisterFileRoutes
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static void MapRegisterFiles(this IEndpointRouteBuilder routes)
    {
        // Who is not signed in any more is told so when their file has come, and not by a broken connection: the route looks itself.
        routes.MapPost(Surfaces.RegisterFile, ReceiveFile.Handle).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limits.Pages).WithRequestTimeout(Longest);
        routes.MapGet("/admin/register/{id:guid}/avvisade.csv", Refused).RequireAuthorization(OperatorSession.Policy).RequireRateLimiting(Limits.Pages).WithRequestTimeout(Longest);
        routes.MapGet("/admin/register/schema.json", () => TypedResults.Stream(typeof(Program).Assembly.GetManifestResourceStream("register.schema.json")!, "application/schema+json"))
            .RequireAuthorization(OperatorSession.Policy).RequireRateLimiting(Limits.Pages);
    }

    /// <summary>The list as Contacts writes it. Where that stops half-way the connection is cut, so that no file looks whole that is not.</summary>
    private static async Task Refused(Guid id, HttpContext http, RegisterFiles contacts)
    {
        using var answer = await contacts.RefusedAsync(id, http.RequestAborted);
        if (!answer.IsSuccessStatusCode)
        {
            http.Response.StatusCode = answer.StatusCode == System.Net.HttpStatusCode.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
            http.Items[ErrorModel.Role] = true;
            return;
        }
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"avvisade-{id}.csv\"";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await (await answer.Content.ReadAsStreamAsync(http.RequestAborted)).CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
