using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>What an alert's SMS becomes, with all that we put around it, before anything is saved.</summary>
internal static class PreviewAlert
{
    private const int Longest = 4000;

    /// <param name="Texts">As they stand; nothing need be written yet.</param>
    /// <param name="Alert">The alert whose texts they are, for its code; null for one that has none yet.</param>
    public sealed record Request(AlertTexts? Texts, Guid? Alert);

    /// <param name="Text">As a phone shows it.</param>
    /// <param name="CodeLine">Its last line, with the code; null where the organisation wants none.</param>
    /// <param name="Sms">Null where nothing is written.</param>
    public sealed record Response(string Text, string? CodeLine, PreviewText.Response? Sms);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, AlertCaller caller, CodeLines codes, IOptions<PriceOptions> prices, NotifierDb db, CancellationToken cancellationToken)
    {
        var texts = (request.Texts ?? new AlertTexts("", null, null, null)) with { Sms = request.Texts?.Sms ?? "" };
        if (texts.Sms.Length + (texts.SmsEnglish?.Length ?? 0) > Longest)
        {
            return Problems.Invalid("texts.sms", "too-long");
        }
        var code = request.Alert is { } id
            ? await db.InOrganisationAsync(caller.Organisation, token => db.Alerts.Where(a => a.Id == id).Select(a => a.Code).SingleOrDefaultAsync(token), cancellationToken)
            : null;
        var line = await codes.OfAsync(db, caller.Organisation, code ?? AlertCode.Unknown, cancellationToken);
        if (texts.Sms.Length == 0)
        {
            return TypedResults.Ok(new Response("", line, null));
        }
        var text = AlertWords.Sms(texts, test: false, line);
        return TypedResults.Ok(new Response(text, line, PreviewText.Of(text, parts => prices.Value.Alert(caller.Organisation, parts, calls: 0))));
    }
}
