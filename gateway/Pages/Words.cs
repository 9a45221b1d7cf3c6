using System.Globalization;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.ServiceDefaults.Phones;

namespace Ums.Gateway.Pages;

/// <summary>Turns what the services say in stable words into sentences for people.</summary>
internal static class Words
{
    public static string Away(string service, Texts t) => service switch
    {
        "Geocoding" => t["Adressökningen svarar inte just nu. Det du har skrivit finns kvar. Försök igen om en stund; allt annat på sidan fungerar."],
        _ => t["Tjänsten svarar inte just nu. Det du har skrivit finns kvar. Försök igen om en stund."],
    };

    public static string For(Problem problem, Texts t) => problem.Slug switch
    {
        "invalid-phone" => t["Numret går inte att läsa. Skriv det som 070-123 45 67 eller 08-123 456 78."],
        "phone-not-allowed" => t["Vi kan bara skicka koder till svenska mobilnummer och vanliga fasta nummer."],
        "captcha-failed" => t["Kontrollen att du är en människa gick inte igenom. Försök en gång till."],
        "resend-too-soon" => t["Vi har nyss skickat en kod till numret. Vänta {0} och försök sedan igen.", Wait(problem, t)],
        "too-many-pins" => t["Det har skickats många koder på kort tid. Vänta {0} och försök sedan igen.", Wait(problem, t)],
        "wrong-pin" => WrongPin(problem, t),
        "expired-pin" => t["Koden gäller inte längre. Be om en ny kod nedan."],
        "too-many-tries" => t["Koden har prövats för många gånger. Be om en ny kod nedan."],
        "too-many-failures" => t["Koden har blivit fel för många gånger i rad härifrån. Kontakta kommunen eller bolaget, så får du hjälp utan kod."],
        "wrong-credentials" => t["E-postadressen, lösenordet eller koden stämmer inte."],
        "too-many-sign-ins" => t["Det har kommit många försök på kort tid. Vänta {0} och försök sedan igen.", Wait(problem, t)],
        "unknown-invitation" => t["Länken är redan använd eller för gammal. Be om en ny."],
        "already-operator" => t["Det finns redan ett konto för adressen. Öppna länken igen och ange dess lösenord."],
        "last-administrator" => t["Det är organisationens sista administratör. Ge någon annan den rollen först."],
        "unknown-organisation" => t["Där arbetar du inte."],
        "used-pin" => t["Koden är redan använd. Be om en ny kod nedan."],
        "unknown-pin-request" => t["Koden gäller inte längre. Be om en ny kod nedan."],
        "phone-taken" => t["Numret finns redan i din eller någon annans uppgift hos kommunen eller bolaget."],
        "last-phone" => t["Det är ditt enda nummer. Lägg till ett annat först, eller ta bort hela din uppgift."],
        "last-address" => t["Det är din enda adress. Lägg till en annan först, eller ta bort hela din uppgift."],
        "main-address" => t["Det är din huvudadress. Gör en annan adress till huvudadress först."],
        "already-added" => t["Adressen finns redan bland dina adresser."],
        "too-many-phones" or "too-many-addresses" => t["Du har redan så många som en uppgift rymmer. Ta bort någon först."],
        "already-registered" => t["Numret är redan registrerat."],
        "unknown-address" => t["Adressen finns inte längre i registret. Sök igen och välj en annan."],
        "under-16" => t["Du måste ha fyllt 16 år för att registrera dig."],
        "geocoding-unavailable" => Away("Geocoding", t),
        "too-many-requests" => t["Det har kommit många försök på kort tid. Vänta {0} och försök sedan igen.", Wait(problem, t)],
        "restricted" => t["Behandlingen av din uppgift är begränsad, så den ändras inte. Kontakta kommunen eller bolaget, som kan häva det."],
        "not-found" => t["Det du ville ändra finns inte längre."],
        _ when problem.Status == 429 => t["Det har kommit många försök på kort tid. Vänta {0} och försök sedan igen.", Wait(problem, t)],
        _ => t["Det gick inte. Kontrollera uppgifterna och försök igen."],
    };

    /// <summary>070-174 06 05 for +46701740605; what is no number, as it stands.</summary>
    public static string Phone(string number) => PhoneNumber.TryParse(number, norwegian: true, out var parsed, out _) ? parsed!.National : number;

    /// <summary>113 43 for 11343.</summary>
    public static string Postcode(string? postcode) => postcode is { Length: 5 } ? $"{postcode[..3]} {postcode[3..]}" : postcode ?? "";

    public static string Street(string street, int? number, string? letter) =>
        string.Join(' ', new[] { street, number?.ToString(CultureInfo.InvariantCulture), letter?.ToUpperInvariant() }.Where(part => !string.IsNullOrEmpty(part)));

    public static string Town(string? postcode, string? place) => $"{Postcode(postcode)} {place}".Trim();

    private static string WrongPin(Problem problem, Texts t) => problem.Extension<int?>("attempts_left") switch
    {
        1 => t["Koden stämmer inte. Du har ett försök kvar."],
        > 1 and var left => t["Koden stämmer inte. Du har {0} försök kvar.", left],
        _ => t["Koden stämmer inte."],
    };

    private static string Wait(Problem problem, Texts t) => problem.RetryAfter switch
    {
        { TotalSeconds: < 90 } soon => t["{0} sekunder", Math.Max(1, (int)Math.Ceiling(soon.TotalSeconds))],
        { TotalMinutes: < 90 } later => t["{0} minuter", (int)Math.Ceiling(later.TotalMinutes)],
        { } long_ => t["{0} timmar", (int)Math.Ceiling(long_.TotalHours)],
        null => t["en stund"],
    };
}
