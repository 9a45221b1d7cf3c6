using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>Contacts' words about people, in sentences for operators.</summary>
internal static class RecordTerms
{
    public static string Name(string? company, string? givenName, string? familyName, bool masked, Texts t) => (company, givenName, familyName) switch
    {
        ({ Length: > 0 }, null, _) => company,
        ({ Length: > 0 }, _, _) => $"{company} ({givenName} {familyName})",
        (_, null, _) => masked ? t["Dolt namn"] : t["Namn saknas"],
        _ => $"{givenName} {familyName}",
    };

    public static string Source(string source, Texts t) => source == "publicRegister" ? t["Offentligt register"] : t["Tilläggsregistret"];

    public static string Kind(string kind, Texts t) => kind == "company" ? t["Kontaktperson för företag"] : t["Privatperson"];

    public static string Address(CardAddress? address, Texts t) => address switch
    {
        null => t["Ingen adress"],
        { Street: null } => t["Dold adress"],
        _ => $"{Words.Street(address.Street, address.Number, address.Letter)}, {Words.Town(address.Postcode, address.Place)}",
    };

    public static string Phone(string? number, Texts t) => number is null ? t["Dolt nummer"] : Words.Phone(number);

    /// <summary>19610412 as 1961-04-12.</summary>
    public static string Date(string day) => day.Length == 8 ? $"{day[..4]}-{day[4..6]}-{day[6..]}" : day;

    /// <summary>What was done to an entry.</summary>
    public static string Action(CardLine line, Texts t) => line.Action switch
    {
        "contact-registered" => t["lade upp uppgiften"],
        "contact-corrected" => t["rättade {0}", Fields(line.Field, t)],
        "contact-restricted" => t["begränsade behandlingen"],
        "contact-restriction-lifted" => t["hävde begränsningen"],
        "contact-objected" => t["antecknade en invändning"],
        "contact-objection-withdrawn" => t["tog tillbaka invändningen"],
        "phone-added" => t["lade till ett nummer"],
        "phone-removed" => t["tog bort ett nummer"],
        "address-added" => t["lade till en adress"],
        "address-removed" => t["tog bort en adress"],
        "main-address-changed" => t["bytte huvudadress"],
        "alerts-switched-on" => t["slog på varningar för en adress"],
        "alerts-switched-off" => t["stängde av varningar för en adress"],
        "name-hidden" => t["dolde namnet"],
        "name-shown" => t["visade namnet igen"],
        "sending-switched-off" => t["stängde av alla utskick"],
        "register-added" => t["lade till personen"],
        "register-changed" => t["ändrade uppgifterna"],
        "register-left" => t["har personen inte längre"],
        "register-rolled-back" => t["togs tillbaka"],
        "asked-to-confirm" => t["frågade om uppgiften stämmer"],
        "confirmed" => t["svarade att uppgiften stämmer"],
        "made-active" => t["väckte uppgiften igen"],
        "became-passive" => t["lät uppgiften vila, för att ingen svarade"],
        _ => line.Action,
    };

    public static string Actor(CardLine line, Colleagues colleagues, Texts t) => line.Actor switch
    {
        "operator" => colleagues.Name(line.Operator ?? "", t),
        "register" => t["Registret"],
        "service" => t["Systemet"],
        _ => t["Invånaren"],
    };

    /// <summary>What is wrong with a field, as Contacts says it.</summary>
    public static string Fault(string field, string fault, Texts t) => (field, fault) switch
    {
        ("Reason", "required") => t["Skriv varför. Det står sedan i loggen."],
        ("Reason", "too-short") => t["Skriv minst fem tecken."],
        (_, "required") => t["Fyll i fältet."],
        (_, "too-long") => t["Texten är för lång."],
        ("BirthDate", _) => t["Skriv födelsedatum med åtta siffror, som 19610412."],
        ("OrganisationNumber", _) => t["Det är inte ett organisationsnummer."],
        (_, "phone-not-allowed") => t["Dit kan vi inte skicka: numret är utländskt, ett betalnummer eller ett kortnummer."],
        (_, "invalid-phone") => t["Numret går inte att läsa. Skriv det som 070-123 45 67 eller 08-123 456 78."],
        ("Address", "too-short") => t["Skriv minst tre bokstäver av gatan, eller ett postnummer."],
        (_, "too-short") => t["Skriv minst två bokstäver."],
        _ => t["Det går inte att läsa. Kontrollera det."],
    };

    /// <summary>Refusals that are about somebody else's entry, not the reader's own.</summary>
    public static string Refusal(Problem problem, Texts t) => problem.Slug switch
    {
        "record-changed" => t["Någon annan har ändrat uppgifterna medan du hade dem framme. Så här är de nu."],
        "restricted" => t["Behandlingen är begränsad. Häv begränsningen först."],
        "phone-taken" => t["Numret finns redan hos någon annan. Sök på det för att se vem."],
        "last-phone" => t["Det är personens enda nummer. Lägg till ett annat först, eller radera personen."],
        "last-address" => t["Det är personens enda adress. Lägg till en annan först, eller radera personen."],
        "main-address" => t["Det är huvudadressen. Gör en annan adress till huvudadress först."],
        "already-added" => t["Adressen finns redan på kortet."],
        "under-16" => t["Den som inte har fyllt 16 år läggs inte upp."],
        "address-outside-organisation" => t["Adressen ligger utanför organisationens område."],
        _ => Words.For(problem, t),
    };

    /// <summary>Contacts' names of fields, as a list in words.</summary>
    public static string Fields(string? fields, Texts t) => string.Join(", ", (fields ?? "").Split(' ').Select(field => Field(field, t)));

    private static string Field(string field, Texts t) => field switch
    {
        "name" => t["namn"],
        "phone" => t["nummer"],
        "address" => t["adress"],
        "givenName" => t["förnamn"],
        "familyName" => t["efternamn"],
        "birthDate" => t["födelsedatum"],
        "companyName" => t["företagets namn"],
        "organisationNumber" => t["organisationsnummer"],
        "nameHidden" => t["dolt namn"],
        "protected" => t["skyddade personuppgifter"],
        _ => field,
    };
}
