using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Pages.Admin.Contacts;

namespace Ums.Gateway.Pages.Admin.Log;

/// <summary>The audit's words in sentences. What has none yet stands as it is: a log leaves nothing out.</summary>
internal static class LogTerms
{
    public static string Action(string action, Texts t) => action switch
    {
        "contacts-searched" => t["Sökte bland kontakter"],
        "contact-found" => t["Fick upp personen i en sökning"],
        "contact-read" => t["Öppnade kortet"],
        "contact-unmasked" => t["Såg det dolda"],
        "contact-exported" => t["Hämtade registerutdrag"],
        "contact-added" => t["Lade till personen"],
        "contact-corrected" => t["Rättade uppgifter"],
        "contact-erased" => t["Raderade personen"],
        "contact-restricted" => t["Begränsade behandlingen"],
        "contact-restriction-lifted" => t["Hävde begränsningen"],
        "contact-objected" => t["Antecknade en invändning"],
        "contact-objection-withdrawn" => t["Tog bort invändningen"],
        "contact-phone-added" => t["Lade till ett nummer"],
        "contact-phone-removed" => t["Tog bort ett nummer"],
        "contact-address-added" => t["Lade till en adress"],
        "contact-address-removed" => t["Tog bort en adress"],
        "contact-main-address-changed" => t["Bytte huvudadress"],
        "contact-alerts-switched-on" => t["Slog på varningar"],
        "contact-alerts-switched-off" => t["Stängde av varningar"],
        "register-import-received" => t["Laddade upp ett register"],
        "register-import-approved" => t["Godkände en import"],
        "register-import-discarded" => t["Kastade en import"],
        "register-import-rolled-back" => t["Tog tillbaka en import"],
        "register-samples-read" => t["Såg exempel ur en import"],
        "register-refusals-read" => t["Såg rader som inte togs emot"],
        "alert-written" => t["Skrev en varning"],
        "alert-edited" => t["Ändrade en varning"],
        "alert-tested" => t["Skickade ett test"],
        "alert-submitted" => t["Lämnade en varning för godkännande"],
        "alert-approved" => t["Godkände en varning"],
        "alert-cancelled" => t["Stoppade en varning"],
        "alert-recipients-read" => t["Såg en varnings mottagare"],
        "alert-phones-read" => t["Såg en varnings nummerlista"],
        "alert-settings-changed" => t["Ändrade varningarnas inställningar"],
        "operator-invited" => t["Bjöd in en operatör"],
        "operator-joined" => t["Tackade ja till inbjudan"],
        "provider-linked" => t["Kopplade sitt konto hos organisationen"],
        "invitation-withdrawn" => t["Drog tillbaka en inbjudan"],
        "operator-entered" => t["Började arbeta i organisationen"],
        "operator-removed" => t["Tog bort en operatör"],
        "roles-changed" => t["Ändrade en operatörs roller"],
        "staff-entered" => t["Gick in från UMS"],
        "settings-changed" => t["Ändrade organisationens inställningar"],
        "client-created" => t["Lade till ett program"],
        "client-secret-rotated" => t["Bytte ett programs hemlighet"],
        "client-revoked" => t["Stängde av ett program"],
        "provider-set" => t["Ändrade organisationens inloggning"],
        "provider-removed" => t["Tog bort organisationens inloggning"],
        "password-changed" => t["Bytte lösenord"],
        "passkey-added" => t["Lade till en nyckel"],
        "passkey-removed" => t["Tog bort en nyckel"],
        "recovery-codes-renewed" => t["Förnyade sina reservkoder"],
        _ => action,
    };

    public static string Service(string service, Texts t) => service switch
    {
        "contacts" => t["Kontakter"],
        "notifier" => t["Varningar"],
        _ => t["Inloggning och inställningar"],
    };

    public static string Actor(AuditEntry entry, Colleagues colleagues, Texts t) => entry.Actor switch
    {
        "system" => t["Systemet"],
        "client" => t["Programmet {0}", entry.ActorId],
        _ => colleagues.Name(entry.ActorId, t),
    };

    /// <summary>What the line says beside that. The id of a number or an address tells nobody anything; the file has it.</summary>
    public static string? Detail(AuditEntry entry, Texts t) => entry switch
    {
        { Action: "contacts-searched" or "contact-corrected" } => RecordTerms.Fields(entry.Detail, t),
        { Detail: { } detail } when Guid.TryParse(detail, out _) => null,
        { Detail: null, PersonId: null } when Link(entry, t) is null => entry.Target,
        _ => entry.Detail,
    };

    /// <summary>Where the person or the thing can be looked at.</summary>
    public static (string Path, string Text)? Link(AuditEntry entry, Texts t) => entry switch
    {
        { Action: "contact-erased" } => null,
        { PersonId: { } person } when entry.Action.StartsWith("contact", StringComparison.Ordinal) => ($"/admin/kontakter/{person}", t["Personens kort"]),
        { Target: { } target } when entry.Action.StartsWith("alert-", StringComparison.Ordinal) && Guid.TryParse(target, out _) => ($"/admin/varningar/{target}", t["Varningen"]),
        _ => null,
    };
}
