using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>What a form would become, before anything is saved: the SMS, whom it reaches, and where they are.</summary>
/// <param name="Text">As a phone shows it.</param>
/// <param name="Sms">Null where nothing has been written.</param>
/// <param name="Count">Null where nobody has been chosen, or the choice cannot be read.</param>
/// <param name="SmsCost">All parts to all mobiles, in kronor without tax; null where it cannot be said.</param>
internal sealed record AlertLook(string Text, SmsPreview? Sms, AudienceCount? Count, double[][]? Points, decimal? SmsCost)
{
    /// <param name="alert">That is saved already.</param>
    /// <param name="points">Whether places are asked for too.</param>
    /// <param name="fail">Told what Contacts finds wrong with the audience: its field and word.</param>
    public static async Task<AlertLook> TakeAsync(
        AlertForm typed, Guid? alert, AlertAudience? audience, bool points, AlertsClient alerts, AudiencesClient audiences, Action<string, string> fail, CancellationToken cancellationToken)
    {
        var preview = alerts.PreviewAsync(typed.Texts(), alert, cancellationToken);
        var counting = audience is null ? Task.FromResult(default(Answer<AudienceCount>)) : audiences.CountAsync(audience, cancellationToken);
        var placing = audience is null || !points ? Task.FromResult(default(Answer<AudiencePoints>)) : audiences.PointsAsync(audience, cancellationToken);
        await Task.WhenAll(preview, counting, placing);
        var (shown, counted) = ((await preview).Value, await counting);
        var sms = shown?.Sms;
        foreach (var (field, faults) in counted.Problem?.Extension<Dictionary<string, string[]>>("errors") ?? [])
        {
            fail(field, faults.FirstOrDefault() ?? "");
        }
        return new AlertLook(shown?.Text ?? "", sms, counted.Value, (await placing).Value?.Points, typed.Mode == "voice" || sms is null ? null : sms.CostPerRecipient * counted.Value?.Mobiles);
    }
}
