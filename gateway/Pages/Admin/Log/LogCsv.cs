using System.Text;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Pages.Admin.Alerts;

namespace Ums.Gateway.Pages.Admin.Log;

/// <summary>The audit as a file, written as it is read. Where reading stops half-way the connection is cut, so that no file looks whole that is not.</summary>
internal sealed class LogCsv(AuditFeed feed, AuditSearch search, LogPage first, Colleagues colleagues, Texts t) : IActionResult
{
    public const int AtOnce = 1000;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, stop) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"logg.csv\"";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(RecipientsCsv.Line([t["Tid"], t["Vem"], t["Vad"], t["Person"], t["Gäller"], t["Detaljer"], t["Skäl"], t["Var"], t["Rad"]]));
        var page = first;
        while (true)
        {
            foreach (var (service, entry) in page.Lines)
            {
                await writer.WriteAsync(RecipientsCsv.Line([SwedishTime.Of(entry.At), LogTerms.Actor(entry, colleagues, t), LogTerms.Action(entry.Action, t), entry.PersonId?.ToString(),
                    entry.Target, entry.Detail, entry.Reason, LogTerms.Service(service, t), entry.Position.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            }
            if (page.Cursor is not { } cursor)
            {
                return;
            }
            await writer.FlushAsync(stop);
            page = await feed.ReadAsync(search, cursor, AtOnce, stop);
            if (page.Problem is not null || page.Silent.Count > 0)
            {
                throw new ServiceAwayException(page.Silent is [var silent, ..] ? silent : "Identity");
            }
        }
    }
}
