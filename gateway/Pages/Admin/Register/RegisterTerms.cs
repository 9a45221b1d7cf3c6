using Ums.Gateway.Language;

namespace Ums.Gateway.Pages.Admin.Register;

/// <summary>Contacts' stable words about registers, as sentences for operators.</summary>
internal static class RegisterTerms
{
    /// <returns>Null for a name that does not say.</returns>
    public static string? FormatOf(string fileName)
    {
        var name = fileName.ToUpperInvariant();
        name = name.EndsWith(".GZ", StringComparison.Ordinal) ? name[..^3] : name;
        return name.EndsWith(".CSV", StringComparison.Ordinal) || name.EndsWith(".TXT", StringComparison.Ordinal) ? "csv"
            : name.EndsWith(".NDJSON", StringComparison.Ordinal) || name.EndsWith(".JSONL", StringComparison.Ordinal) ? "ndjson" : null;
    }

    public static string State(string state, Texts t) => state switch
    {
        "received" => t["Mottagen, läses strax"],
        "reading" => t["Läses och matchas mot adresser"],
        "ready" => t["Provkörd, väntar på beslut"],
        "approved" => t["Godkänd, läggs strax in"],
        "merging" => t["Läggs in"],
        "done" => t["Inlagd"],
        "discarded" => t["Kastad"],
        "rolling-back" => t["Rullas tillbaka"],
        "rolled-back" => t["Tillbakarullad"],
        "failed" => t["Gick inte att använda"],
        _ => state,
    };

    /// <summary>Why a file was not taken at all.</summary>
    public static string Refusal(string word, Texts t) => word switch
    {
        "for-stor" => t["Filen är större än 1 GiB och togs inte emot. Packa den med gzip, eller dela den."],
        "utloggad" => t["Du hade blivit utloggad när filen kom fram, så den togs inte emot. Välj den igen."],
        "gammal" => t["Sidan hade legat öppen för länge, så filen togs inte emot. Välj den igen."],
        "bytt" => t["Du har bytt organisation i ett annat fönster, så filen togs inte emot. Byt tillbaka, eller välj filen igen för den här."],
        "ingen-fil" => t["Välj en fil."],
        "sort" => t["Filens namn ska sluta på .csv, .txt, .ndjson eller .jsonl, med eller utan .gz."],
        "omfattning" => t["Välj om filen är hela registret eller ett tillägg. Det ena tar bort dem som saknas, det andra inte."],
        "avbruten" => t["Filen kom inte fram hel, så inget av den är kvar. Skicka den igen."],
        "pagar" => t["En annan import pågår redan. Besluta om den först."],
        "tom" => t["Filen är tom."],
        "borta" => t["Tjänsten svarar inte just nu. Inget av filen är kvar. Försök igen om en stund."],
        _ => t["Det gick inte att ta emot filen. Försök igen."],
    };

    /// <summary>Why a file that came could not be used.</summary>
    public static string Fault(string? fault, Texts t) => fault switch
    {
        "packed-otherwise" => t["Filen är packad på annat sätt än gzip. Packa upp den, eller packa den med gzip."],
        "damaged-archive" => t["Den packade filen är skadad eller avklippt. Skicka den igen."],
        "unpacks-too-far" => t["Den packade filen växer mer än någon riktig fil gör, så uppackningen avbröts. Skicka den opackad om den är riktig."],
        "too-many-rows" => t["Filen har fler rader än ett register får ha."],
        "no-rows" => t["Filen har ingen rad med en person. Ett helt register utan någon i skulle ta bort alla."],
        "cut-short" => t["Filen slutar mitt i en rad. Den är troligen avklippt; hämta den på nytt och skicka den igen."],
        "header-columns" or "header-quotes" => t["Första raden är inte kolumnernas namn, eller så går den inte att läsa."],
        "unknown-column" => t["En kolumn heter något som vi inte känner. Ett felstavat namn skulle tappa alla dess värden."],
        "column-twice" => t["Två kolumner heter likadant."],
        "column-missing" => t["Kolumnen registerKey eller street saknas. De måste finnas."],
        _ => t["Något gick fel hos oss. Skicka filen igen; händer det på nytt, säg till UMS."],
    };

    /// <summary>Why a row was refused.</summary>
    public static string Reason(string reason, Texts t) => reason switch
    {
        "register-key" => t["Registrets nyckel saknas eller är för lång"],
        "register-key-twice" => t["Samma nyckel en gång till"],
        "given-name" => t["Förnamnet går inte att läsa"],
        "family-name" => t["Efternamnet går inte att läsa"],
        "birth-date" => t["Födelsedatumet går inte att läsa"],
        "company-name" => t["Företagets namn går inte att läsa"],
        "organisation-number" => t["Organisationsnumret stämmer inte"],
        "mobile" => t["Mobilnumret går inte att läsa"],
        "landline" => t["Det fasta numret går inte att läsa"],
        "address" => t["Adressen är för lång eller saknas"],
        "no-certain-address" => t["Adressen finns inte, eller kan vara flera"],
        "outside-organisation" => t["Adressen ligger utanför era kommuner"],
        "protected" => t["Det går inte att läsa om identiteten är skyddad"],
        "encoding" => t["Tecken som inte går att läsa: fel teckenkodning"],
        "line-too-long" => t["Raden är för lång"],
        "columns" => t["Fel antal kolumner"],
        "quotes" => t["Citattecken som inte går ihop"],
        "not-json" => t["Raden är inte ett JSON-objekt av rätt form"],
        _ => reason,
    };

    /// <summary>The columns in the schema's order; the same names are JSON's.</summary>
    public static (string Name, string Meaning)[] Columns(Texts t) =>
    [
        ("registerKey", t["Registrets egen nyckel för personen, densamma varje gång. Måste finnas."]),
        ("givenName, familyName", t["För- och efternamn."]),
        ("birthDate", t["1985-04-12. Den som är under 16 år får inga varningar."]),
        ("companyName, organisationNumber", t["Då är raden ett företags kontaktperson."]),
        ("mobile, landline", t["Svenska eller norska nummer, som man skriver dem."]),
        ("street, number, letter", t["Gatan måste finnas."]),
        ("postcode, place, municipalityCode", t["En rad utanför era kommuner avvisas."]),
        ("protected", t["1 eller ja för skyddad identitet: inget av raden sparas, och det som fanns tas bort."]),
    ];
}
