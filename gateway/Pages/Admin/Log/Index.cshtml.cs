using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Log;

/// <summary>The organisation's audit over all services, by operator, person and time; on the page or as a file.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class IndexModel(AuditFeed feed, OrganisationClient identity) : OperatorPage
{
    private const int OnPage = 50;

    [BindProperty(Name = "operator", SupportsGet = true)]
    public string? Actor { get; set; }

    /// <summary>A person's id, from their card.</summary>
    [BindProperty(Name = "person", SupportsGet = true)]
    public string? Person { get; set; }

    /// <summary>The first day.</summary>
    [BindProperty(Name = "fran", SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>The last day, included.</summary>
    [BindProperty(Name = "till", SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(Name = "efter", SupportsGet = true)]
    public string? Cursor { get; set; }

    public LogPage Log { get; private set; } = new([], null, [], null);

    public Colleagues Colleagues { get; private set; } = Colleagues.None;

    /// <summary>The same search without the page, for links.</summary>
    public string Query => string.Join('&', new[] { ("operator", Actor), ("person", Person), ("fran", From), ("till", To) }
        .Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!User.HasScope(Scopes.AuditRead))
        {
            return NotYours();
        }
        // Everyone by name, oneself too: what is read here is read by others, and kept.
        Colleagues = (await Colleagues.ReadAsync(identity, User, HttpContext.RequestAborted)) with { Me = null };
        if (Search() is not { } search)
        {
            return Again();
        }
        Log = await feed.ReadAsync(search, Cursor, OnPage, HttpContext.RequestAborted);
        return Log.Problem is { } problem ? NotThere(problem) : Page();
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        if (!User.HasScope(Scopes.AuditRead))
        {
            return NotYours();
        }
        Colleagues = (await Colleagues.ReadAsync(identity, User, HttpContext.RequestAborted)) with { Me = null };
        if (Search() is not { } search)
        {
            return Again();
        }
        var first = await feed.ReadAsync(search, null, LogCsv.AtOnce, HttpContext.RequestAborted);
        return first.Problem is { } problem ? NotThere(problem)
            : first.Silent is [var silent, ..] ? throw new ServiceAwayException(silent)
            : new LogCsv(feed, search, first, Colleagues, T);
    }

    /// <returns>Null where something cannot be read; it is said beside its field.</returns>
    private AuditSearch? Search()
    {
        (Actor, Person, From, To) = (Clean(Actor), Clean(Person), Clean(From), Clean(To));
        var (from, to) = (Day("fran", From), Day("till", To));
        if (from > to)
        {
            Fail("fran", T["Den första dagen är efter den sista."]);
        }
        if (Actor.Length > 200)
        {
            Fail("operator", T["Texten är för lång."]);
        }
        Guid? person = null;
        if (Person.Length > 0)
        {
            person = Guid.TryParse(Person, out var id) ? id : null;
            if (person is null)
            {
                Fail("person", T["Personens nummer går inte att läsa. Öppna loggen från personens kort."]);
            }
        }
        return ModelState.IsValid ? new AuditSearch(Actor.Length == 0 ? null : Actor, person, from, to?.AddDays(1)) : null;
    }

    private DateTimeOffset? Day(string field, string? typed)
    {
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2200)
        {
            return SwedishTime.Read($"{typed}T00:00");
        }
        Fail(field, T["Skriv dagen som 2026-11-26."]);
        return null;
    }
}
