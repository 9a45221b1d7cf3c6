using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>An alert's recipients as a file, written as they are read. Where reading stops half-way the connection is cut, so that no file looks whole that is not.</summary>
internal sealed class RecipientsCsv(AlertsClient alerts, Guid id, AlertRecipients first, Texts t) : IActionResult
{
    public const int AtOnce = 1000;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"varning-{id}.csv\"";
        // With a byte order mark, or a spreadsheet takes å for two letters.
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(Line([t["Nummer"], t["Läge"], t["Orsak"], t["Försök"], t["Sätt"], t["Operatör"], t["Kvitterat"], t["Tid"]]));
        var page = first;
        while (true)
        {
            foreach (var one in page.Recipients)
            {
                await writer.WriteAsync(Line([one.Phone, AlertTerms.RecipientState(one.State, t), one.Reason, one.Attempts.ToString(CultureInfo.InvariantCulture), one.Channel,
                    one.Provider, one.Acknowledged ? t["ja"] : "", one.EndedAt is { } at ? SwedishTime.Of(at) : ""]));
            }
            if (page.After is not { } after)
            {
                return;
            }
            await writer.FlushAsync(context.HttpContext.RequestAborted);
            page = (await alerts.RecipientsAsync(id, null, after, AtOnce, context.HttpContext.RequestAborted)).Value ?? throw new ServiceAwayException("Notifier");
        }
    }

    /// <summary>Semicolons, as Swedish spreadsheets read them.</summary>
    internal static string Line(IEnumerable<string?> cells) => string.Join(';', cells.Select(Cell)) + "\r\n";

    /// <summary>What a spreadsheet would take for a formula stands behind an apostrophe, quoted like everything else.</summary>
    private static string Cell(string? text) =>
        $"\"{(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{text?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
