using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Contacts;

/// <summary>What is done to a person for a reason, each at an address of its own: the page says what will happen, asks why, and does it.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class DecideModel(RecordsClient records, TimeProvider clock) : RecordPage
{
    public const string Erase = "radera", Restrict = "begransa", Object = "invandning", Unmask = "visa-dolt", Export = "lamna-ut";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string What { get; set; } = "";

    [BindProperty]
    public long Version { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public PersonCard Card { get; private set; } = null!;

    /// <summary>With what is hidden; only in the answer to the reason.</summary>
    public PersonCard? Opened { get; private set; }

    /// <summary>A limit is set, not lifted.</summary>
    public bool On => What == Restrict ? Card.Restriction is null : Card.Objection is null;

    public DecideWords Words => DecideWords.Of(What, On, T);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        Version = Card.Version;
        // Before the reason is written, not after it.
        return What is Erase or Unmask or Export && !FreshSignIn.IsFresh(User, clock.GetUtcNow())
            ? LocalRedirect($"/admin/bekrafta?tillbaka={Uri.EscapeDataString(Request.Path)}")
            : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var reason = Clean(Reason);
        if (reason.Length == 0)
        {
            Fail(nameof(Reason), RecordTerms.Fault(nameof(Reason), "required", T));
            return Again();
        }
        var stop = HttpContext.RequestAborted;
        return What switch
        {
            Erase => Done((await records.EraseAsync(Id, Version, reason, stop)).Problem, "/admin/kontakter", Texts.Key("Personen är raderad.")),
            Restrict => Done((await records.LimitAsync(Id, Version, "restriction", On, reason, stop)).Problem, Back, On ? Texts.Key("Behandlingen är begränsad.") : Texts.Key("Begränsningen är hävd.")),
            Object => Done((await records.LimitAsync(Id, Version, "objection", On, reason, stop)).Problem, Back, On ? Texts.Key("Invändningen är antecknad.") : Texts.Key("Invändningen är borttagen.")),
            Unmask => Shown(await records.UnmaskAsync(Id, reason, stop)),
            _ => Handed(await records.ExportAsync(Id, reason, stop)),
        };
    }

    private string Back => $"/admin/kontakter/{Id}";

    private async Task<IActionResult?> ReadAsync()
    {
        if (What is not (Erase or Restrict or Object or Unmask or Export))
        {
            return NotFound();
        }
        var answer = await records.FindAsync(Id, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return NotThere(problem);
        }
        Card = answer.Value!;
        return null;
    }

    private IActionResult Done(Problem? problem, string to, string notice) => problem is null ? Go(to, notice) : Stopped(problem);

    private IActionResult Shown(Answer<PersonCard> answer)
    {
        Opened = answer.Value;
        return answer.Problem is { } problem ? Stopped(problem) : Page();
    }

    private IActionResult Handed(Answer<byte[]> answer) =>
        answer.Problem is { } problem ? Stopped(problem) : File(answer.Value!, "application/json", $"registerutdrag-{Id}.json");

    private IActionResult Stopped(Problem problem)
    {
        if (Elsewhere(problem) is { } elsewhere)
        {
            return elsewhere;
        }
        // The reason stands, and the card below it is the one that is decided about now.
        Version = Card.Version;
        ModelState.Remove(nameof(Version));
        Explain(problem);
        return Again(problem.Status == 412 ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What the page says of an act.</summary>
/// <param name="Danger">It cannot be taken back.</param>
internal sealed record DecideWords(string Title, string What, string Button, bool Danger = false)
{
    public static DecideWords Of(string what, bool on, Texts t) => (what, on) switch
    {
        (DecideModel.Erase, _) => new(t["Radera personen"],
            t["Namn, nummer och adresser tas bort och går inte att få tillbaka. Personen varnas inte längre, och ingen ny import lägger upp personen igen. Loggen behåller att det har skett, och varför."],
            t["Radera"], Danger: true),
        (DecideModel.Restrict, true) => new(t["Begränsa behandlingen"],
            t["Inget skickas till personen och inget på kortet ändras, varken av er, av en import eller av personen själv, förrän begränsningen hävs (artikel 18)."], t["Begränsa"]),
        (DecideModel.Restrict, false) => new(t["Häv begränsningen"], t["Personen varnas igen, och kortet kan ändras. Berätta för personen innan du gör det."], t["Häv begränsningen"]),
        (DecideModel.Object, true) => new(t["Anteckna invändning"], t["Inget skickas till personen, inte heller efter nästa import (artikel 21)."], t["Anteckna invändningen"]),
        (DecideModel.Object, false) => new(t["Ta tillbaka invändningen"], t["Personen varnas igen på de adresser där varningar är på."], t["Ta tillbaka invändningen"]),
        (DecideModel.Unmask, _) => new(t["Visa det dolda"], t["Det som personen har dolt visas en gång. Att du har tittat, och varför, står i loggen."], t["Visa"]),
        _ => new(t["Registerutdrag"], t["Allt som finns om personen, som en fil att lämna till personen själv (artikel 15 och 20). Även det som är dolt är med."], t["Hämta filen"]),
    };
}
