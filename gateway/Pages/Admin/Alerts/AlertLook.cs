using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>What a form would become, before anything is saved: the SMS, whom it reaches, and where they are.</summary>
/// <param name="Sms">Null where nothing has been written.</param>
/// <param name="Count">Null where nobody has been chosen, or the choice cannot be read.</param>
/// <param name="SmsCost">All parts to all mobiles, in kronor without tax; null where it cannot be said.</param>
internal sealed record AlertLook(SmsPreview? Sms, AudienceCount? Count, double[][]? Points, decimal? SmsCost)
{
    /// <param name="points">Whether places are asked for too.</param>
    /// <param name="fail">Told what Contacts finds wrong with the audience: its field and word.</param>
    public static async Task<AlertLook> TakeAsync(
        AlertForm typed, AlertAudience? audience, bool points, AlertsClient alerts, AudiencesClient audiences, Action<string, string> fail, CancellationToken cancellationToken)
    {
        var text = SmsOf(typed);
        var preview = text.Length is > 0 and <= 2000 ? alerts.PreviewAsync(text, cancellationToken) : Task.FromResult(default(Answer<SmsPreview>));
        var counting = audience is null ? Task.FromResult(default(Answer<AudienceCount>)) : audiences.CountAsync(audience, cancellationToken);
        var placing = audience is null || !points ? Task.FromResult(default(Answer<AudiencePoints>)) : audiences.PointsAsync(audience, cancellationToken);
        await Task.WhenAll(preview, counting, placing);
        var (sms, counted) = ((await preview).Value, await counting);
        foreach (var (field, faults) in counted.Problem?.Extension<Dictionary<string, string[]>>("errors") ?? [])
        {
            fail(field, faults.FirstOrDefault() ?? "");
        }
        return new AlertLook(sms, counted.Value, (await placing).Value?.Points, typed.Mode == "voice" || sms is null ? null : sms.CostPerRecipient * counted.Value?.Mobiles);
    }

    /// <summary>As a phone shows it: the English follows the Swedish.</summary>
    public static string SmsOf(AlertForm typed) => (AlertForm.Text(typed.Sms), AlertForm.Text(typed.SmsEnglish)) switch
    {
        (var swedish, "") => swedish,
        var (swedish, english) => $"{swedish}\n\n{english}",
    };
}
