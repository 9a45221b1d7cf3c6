using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Every row that was not taken, where it stands and why, as CSV that a spreadsheet may open. Names are not in it; of a protected identity nothing is.</summary>
internal static class GetRefusals
{
    private const int PageSize = 5000;

    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Handle(
        Guid id, Asker asker, ClaimsPrincipal user, ContactsDb db, PersonalData personal, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        var exists = await db.InOrganisationAsync(organisation, async token =>
        {
            var found = (await db.Database.SqlQuery<bool>(
                $"select exists (select 1 from register_uploads where id = {id} and organisation_id = {organisation}) as value").ToListAsync(token)).Single();
            if (found)
            {
                await audit.AppendAsync(db, organisation, AuditRecord.By(user, "register-refusals-read") with { Target = id.ToString() }, token);
            }
            return found;
        }, cancellationToken);
        if (!exists)
        {
            return GetUpload.Unknown();
        }
        return TypedResults.Stream(async body =>
        {
            await using var report = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await report.WriteAsync("line,reason,registerKey,street,number,postcode,place\r\n");
            for (var after = 0L; ;)
            {
                var rows = await db.InOrganisationAsync(organisation, token => db.Database.SqlQuery<Row>(
                    $"select line, reason, row as box from register_refusals where upload_id = {id} and line > {after} order by line limit {PageSize}").ToListAsync(token), cancellationToken);
                foreach (var row in rows)
                {
                    var shown = row.Box is null ? ["", "", "", "", ""] : JsonSerializer.Deserialize<string[]>(personal.Open(organisation, row.Box))!;
                    await report.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{row.Line},{row.Reason},{string.Join(',', shown.Select(Cell))}\r\n"));
                }
                if (rows.Count < PageSize)
                {
                    return;
                }
                after = rows[^1].Line;
            }
        }, "text/csv; charset=utf-8", $"refused-{id}.csv");
    }

    /// <summary>What begins as a formula would be one: a leading ' makes it a text again. Control characters have no business in a cell.</summary>
    internal static string Cell(string value)
    {
        var shown = string.Concat(value.Select(sign => char.IsControl(sign) ? '\uFFFD' : sign));
        if (shown.TrimStart() is ['=' or '+' or '-' or '@' or '\uFFFD', ..])
        {
            shown = "'" + shown;
        }
        return shown.AsSpan().IndexOfAny(",\"; ") < 0 ? shown : $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed record Row(long Line, string Reason, byte[]? Box);
}
