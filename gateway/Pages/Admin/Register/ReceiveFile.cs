using System.Buffers;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Register;

/// <summary>
/// A register's file from a browser, handed on as it comes. Whatever is wrong, the browser is heard out and led to a page that says it: a browser that is
/// interrupted shows nothing but a broken connection.
/// </summary>
internal static class ReceiveFile
{
    /// <summary>The largest file that is taken.</summary>
    public const long Longest = 1024L * 1024 * 1024;

    /// <summary>How much of one that is too large is heard out, and of one from somebody whose session is over.</summary>
    private const long HeardOut = 4 * Longest, HeardFromStrangers = 64 * 1024 * 1024;

    public static async Task Handle(HttpContext http, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> form, RegisterFiles contacts)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = HeardOut;
        }
        var session = await http.AuthenticateAsync(OperatorSession.Scheme);
        var next = session is not { Succeeded: true, Principal: { } user } ? OperatorPath.SignIn("/admin/register?fel=utloggad")
            : !user.HasScope(Scopes.RegisterImport) ? "/admin/register"
            : await TakeAsync(http, user, antiforgery, form.Value, contacts);
        await HearOutAsync(http, session.Succeeded ? HeardOut : HeardFromStrangers);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = next;
    }

    /// <returns>The page that says what came of it.</returns>
    private static async Task<string> TakeAsync(
        HttpContext http, ClaimsPrincipal user, IAntiforgery antiforgery, AntiforgeryOptions form, RegisterFiles contacts)
    {
        if (http.Request.ContentLength > Longest + Security.Edge.BodyLimit)
        {
            return Fault("for-stor");
        }
        try
        {
            if (await SentForm.ReadAsync(http.Request, Longest, http.RequestAborted) is not { } sent)
            {
                return Fault("gick-inte");
            }
            // The token is bound to the session; nobody is to look for it in the body, which is a stream.
            (http.User, http.Request.Headers[form.HeaderName!]) = (user, sent.Fields.GetValueOrDefault(form.FormFieldName) ?? "");
            return !await antiforgery.IsRequestValidAsync(http) ? Fault("gammal")
                : sent.Fields.GetValueOrDefault("Writing") != user.FindFirstValue(Claims.OrganisationSlug) ? Fault("bytt")
                : sent.File is null || sent.FileName.Length == 0 ? Fault("ingen-fil")
                : RegisterTerms.FormatOf(sent.FileName) is not { } format ? Fault("sort")
                : sent.Fields.GetValueOrDefault("complete") is not ("true" or "false") ? Fault("omfattning")
                : await SendOnAsync(format, sent.Fields["complete"] == "true", new FromBrowser(sent.File), contacts, http.RequestAborted);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException && !http.RequestAborted.IsCancellationRequested)
        {
            return Fault("avbruten");
        }
    }

    private static async Task<string> SendOnAsync(string format, bool complete, FromBrowser file, RegisterFiles contacts, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await contacts.SendAsync(format, complete, file, cancellationToken);
            return answer switch
            {
                { Value: { } import } => $"/admin/register/{import.Id}",
                { Problem.Status: StatusCodes.Status401Unauthorized } => OperatorPath.SignIn("/admin/register?fel=utloggad"),
                { Problem.Slug: "import-under-way" } => Fault("pagar"),
                { Problem.Slug: "too-large" } => Fault("for-stor"),
                { Problem.Slug: "validation" } => Fault("tom"),
                _ => Fault("gick-inte"),
            };
        }
        catch (Exception) when (file.Fault is { } fault && !cancellationToken.IsCancellationRequested)
        {
            return Fault(fault is InvalidDataException ? "for-stor" : "avbruten");
        }
        catch (ServiceAwayException)
        {
            return Fault("borta");
        }
    }

    private static string Fault(string word) => $"/admin/register?fel={word}";

    private static async Task HearOutAsync(HttpContext http, long most)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; most > 0 && (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0; most -= read)
            {
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It has stopped talking.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
