using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages;

/// <summary>What went wrong, in words, with a way on. Drawn in place of the page that failed, whatever the verb was.</summary>
[AllowAnonymous, DisableRateLimiting, IgnoreAntiforgeryToken]
internal sealed class ErrorModel(Texts t) : PageModel
{
    /// <summary>Stands in the request's items where an operator's role is what is missing.</summary>
    public static readonly object Role = new();

    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    public void OnGet(int? status) => Explain(status);

    public void OnPost(int? status) => Explain(status);

    private void Explain(int? status)
    {
        // A failure has set the code already; asked for directly, this page is nowhere.
        var code = status ?? (Response.StatusCode == 200 ? 404 : Response.StatusCode);
        Response.StatusCode = code;
        (Title, Text) = code switch
        {
            404 => (t["Sidan finns inte"], t["Adressen kan vara felskriven, eller så har sidan flyttat."]),
            400 => (t["Sidan har legat öppen för länge"], t["Av säkerhetsskäl gäller ett formulär bara en viss tid. Gå tillbaka, ladda om sidan och försök igen."]),
            403 when HttpContext.Items.ContainsKey(Role) => (t["Det får du inte göra här"], t["Din roll i organisationen räcker inte till. Be en administratör om den."]),
            403 => (t["Det går inte härifrån"], t["Formuläret skickades från en annan webbplats. Öppna portalen och försök där."]),
            405 => (t["Det går inte så"], t["Sidan kan inte ta emot det som skickades."]),
            413 => (t["För mycket text"], t["Det som skickades är för stort. Korta texten och försök igen."]),
            429 => (t["Många försök på kort tid"], t["Vänta en minut och försök igen."]),
            503 or 504 => (t["Tjänsten svarar inte just nu"], t["Något vi behöver är tillfälligt borta. Det du har sparat är kvar. Försök igen om en liten stund."]),
            _ => (t["Något gick fel hos oss"], t["Det är inte ditt fel. Försök igen om en stund."]),
        };
    }
}
