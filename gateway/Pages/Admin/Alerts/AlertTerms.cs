using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Notifier's and Contacts' stable words about alerts, as sentences for operators.</summary>
internal static class AlertTerms
{
    public static readonly string[] Modes = ["smsThenVoice", "smsAndVoice", "sms", "voice"];

    public static string Category(string category, Texts t) => DisturbanceWords.Category(category, t);

    public static string Mode(string mode, Texts t) => mode switch
    {
        "sms" => t["Bara sms"],
        "voice" => t["Ring alla"],
        "smsAndVoice" => t["Sms till mobiler, samtal till fasta telefoner"],
        _ => t["Sms, och samtal till dem som sms inte når"],
    };

    public static string State(Alert alert, Texts t) => alert.State switch
    {
        "draft" => t["Utkast"],
        "submitted" => t["Väntar på godkännande"],
        "approved" => alert.Held ? t["Godkänd, väntar på att de tysta timmarna är över"] : t["Godkänd, väntar på sin tid"],
        "resolving" => t["Tar fram mottagarna"],
        "sending" => t["Skickas"],
        "completed" => t["Klar"],
        "cancelled" => t["Stoppad"],
        _ => alert.State,
    };

    public static string RecipientState(string state, Texts t) => state switch
    {
        "waiting" => t["Väntar"],
        "sending" => t["Skickas"],
        "unknown" => t["Osäkert"],
        "accepted" => t["Lämnad till operatören"],
        "delivered" => t["Framme"],
        "failed" => t["Misslyckad"],
        "expired" => t["För sent"],
        "cancelled" => t["Stoppad"],
        _ => state,
    };

    public static string Action(string action, Texts t) => action switch
    {
        "written" => t["skrev varningen"],
        "edited" => t["ändrade varningen"],
        "submitted" => t["lämnade den för godkännande"],
        "approved" => t["godkände den"],
        "cancelled" => t["stoppade den"],
        "tested" => t["skickade ett test"],
        _ => action,
    };

    /// <summary>A reason that a provider gave stands as it is where we have no word for it.</summary>
    public static string Reason(string? reason, Texts t) => reason switch
    {
        null or "" => t["Okänd orsak"],
        "unknown-number" or "invalid-number" or "not-in-use" => t["Numret används inte"],
        "absent" or "unreachable" => t["Telefonen är avstängd eller utan täckning"],
        "busy" => t["Upptaget"],
        "no-answer" => t["Inget svar"],
        "blocked" or "barred" => t["Operatören spärrar numret"],
        _ => reason,
    };

    /// <param name="line">The line that is wrong, as it was typed.</param>
    public static string Fault(string field, string fault, string? line, Texts t) => (field, fault) switch
    {
        (nameof(AlertForm.Title), "required") => t["Skriv en rubrik, så att kollegorna känner igen varningen."],
        (nameof(AlertForm.Category), _) => t["Välj vad varningen gäller."],
        (nameof(AlertForm.Sms), "required") => t["Skriv vad sms:et ska säga."],
        (nameof(AlertForm.Sms), "too-long") => t["Sms:et blir längre än sex delar. Korta det."],
        (nameof(AlertForm.Repeat), _) => t["Mellan 5 och 240 minuter."],
        (nameof(AlertForm.Valid), _) => t["Mellan tio minuter och 24 timmar."],
        (nameof(AlertForm.SendAt), "in-the-past") => t["Tiden har redan varit."],
        (nameof(AlertForm.SendAt), "too-far-ahead") => t["Högst 90 dagar framåt."],
        (nameof(AlertForm.SendAt), _) => t["Skriv dag och tid som 2026-11-26 14:00."],
        (nameof(AlertForm.Areas), "crosses-itself") => t["Områdets gräns korsar sig själv. Rita om den."],
        (nameof(AlertForm.Areas), "too-large") => t["Området är större än någon kommun. Rita ett mindre."],
        (nameof(AlertForm.Areas), "too-small" or "too-few-corners") => t["Området är för litet, eller har färre än tre hörn."],
        (nameof(AlertForm.Areas), "outside-scandinavia" or "swapped" or "out-of-range") => t["Området ligger utanför Norden. Skriv latitud först, till exempel 59.34, 18.03."],
        (nameof(AlertForm.Areas), "too-many" or "too-many-corners") => t["Området har för många hörn, eller så är områdena för många."],
        (nameof(AlertForm.Streets), "not-a-municipality") => t["Skriv kommunens kod med fyra siffror."],
        (nameof(AlertForm.Streets), "not-a-number-range") => t["Gatunumren går inte ihop: det lägsta först."],
        (nameof(AlertForm.Phones), "not-allowed") => t["Ett av numren är ett betalnummer eller utländskt; sådana ringer vi inte."],
        ("Audience", "nobody") => t["Välj vilka varningen ska nå."],
        _ when line is not null => t["Raden går inte att läsa: {0}", line],
        _ when fault == "too-long" => t["Texten är för lång."],
        _ => t["Det går inte att läsa. Kontrollera det."],
    };

    /// <summary>The form's field for the services' own: <c>texts.sms</c>, <c>streets[3]</c>.</summary>
    public static string Field(string field) => field.Split('[')[0] switch
    {
        "title" or "name" => nameof(AlertForm.Title),
        "category" => nameof(AlertForm.Category),
        "texts.sms" => nameof(AlertForm.Sms),
        "texts.smsEnglish" => nameof(AlertForm.SmsEnglish),
        "texts.voice" => nameof(AlertForm.Voice),
        "texts.voiceEnglish" => nameof(AlertForm.VoiceEnglish),
        "mode" => nameof(AlertForm.Mode),
        "repeatAfterMinutes" => nameof(AlertForm.Repeat),
        "validForMinutes" => nameof(AlertForm.Valid),
        "sendAt" => nameof(AlertForm.SendAt),
        "areas" => nameof(AlertForm.Areas),
        "streets" => nameof(AlertForm.Streets),
        "postcodes" => nameof(AlertForm.Postcodes),
        "properties" => nameof(AlertForm.Properties),
        "phones" => nameof(AlertForm.Phones),
        "audience" => "Audience",
        _ => "",
    };
}
