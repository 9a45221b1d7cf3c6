using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>When an organisation's alerts keep quiet, and how long what they said is kept.</summary>
internal static class DecideSettings
{
    /// <param name="QuietFrom">By the clock in Sweden; equal to <paramref name="QuietTo"/> for no quiet hours.</param>
    /// <param name="TextDays">1 to 3,650 days after an alert's end.</param>
    /// <param name="RecipientDays">The same for its recipients; the counts stay.</param>
    /// <param name="CodeStyle">How an alert's code stands in its SMS; null leaves it and the place as they are.</param>
    /// <param name="CodePlace">Where it is typed, to follow on "Skriv BCD2345": 1 to 60 characters that an SMS has; null for the portal.</param>
    public sealed record Settings(
        TimeOnly QuietFrom, TimeOnly QuietTo, int TextDays, int RecipientDays, int Version, CodeStyle? CodeStyle = null, string? CodePlace = null);

    private const int LongestPlace = 60;

    public static async Task<Ok<Settings>> Read(AlertCaller caller, NotifierDb db, IOptions<AlertDefaults> defaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(View(await db.InOrganisationAsync(caller.Organisation, token => db.AlertSettings.AsNoTracking().SingleOrDefaultAsync(token), cancellationToken)
            ?? defaults.Value.Of(caller.Organisation)));

    public static async Task<Results<Ok<Settings>, ProblemHttpResult>> Write(
        Settings wanted, AlertCaller caller, NotifierDb db, IOptions<AlertDefaults> defaults, CancellationToken cancellationToken)
    {
        if (wanted.TextDays is < 1 or > 3650)
        {
            return Problems.Invalid("textDays", "out-of-range");
        }
        if (wanted.RecipientDays is < 1 or > 3650)
        {
            return Problems.Invalid("recipientDays", "out-of-range");
        }
        if (wanted.CodeStyle is { } style && !Enum.IsDefined(style))
        {
            return Problems.Invalid("codeStyle", "unknown");
        }
        var place = string.IsNullOrWhiteSpace(wanted.CodePlace) ? null : wanted.CodePlace.Trim();
        if (place?.Length > LongestPlace || (place is not null && (!GsmAlphabet.Holds(place) || place.Any(char.IsControl))))
        {
            return Problems.Invalid("codePlace", place.Length > LongestPlace ? "too-long" : "invalid");
        }
        return await db.InOrganisationAsync<Results<Ok<Settings>, ProblemHttpResult>>(caller.Organisation, async token =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('alert settings ' || {caller.Organisation}::text, 0))", token);
            var settings = await db.AlertSettings.SingleOrDefaultAsync(token);
            if ((settings?.Version ?? 0) != wanted.Version)
            {
                return Problems.Problem(StatusCodes.Status412PreconditionFailed, "settings-changed", "Somebody else has changed the settings meanwhile. Look at them again.");
            }
            if (settings is null)
            {
                db.Add(settings = defaults.Value.Of(caller.Organisation));
            }
            (settings.QuietFrom, settings.QuietTo, settings.TextDays, settings.RecipientDays, settings.Version) =
                (wanted.QuietFrom, wanted.QuietTo, wanted.TextDays, wanted.RecipientDays, wanted.Version + 1);
            if (wanted.CodeStyle is { } chosen)
            {
                (settings.CodeStyle, settings.CodePlace) = (chosen, place);
            }
            return TypedResults.Ok(View(settings));
        }, cancellationToken);
    }

    private static Settings View(AlertSettings settings) => new(settings.QuietFrom, settings.QuietTo, settings.TextDays, settings.RecipientDays, settings.Version, settings.CodeStyle, settings.CodePlace);
}
