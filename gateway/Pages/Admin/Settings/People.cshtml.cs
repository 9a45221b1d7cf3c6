using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>Who works in the organisation and as what. An invitation's link is shown once; each change that matters asks again who one is.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class PeopleModel(OrganisationClient identity) : OrganisationPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>Chosen for the one invited, or for the person whose roles change.</summary>
    [BindProperty]
    public string[] Chosen { get; set; } = [];

    /// <summary>The roles that whoever changes them has seen.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    /// <summary>The person whose form was sent.</summary>
    [BindProperty(Name = "id")]
    public Guid? Person { get; set; }

    public Staffing Staffing { get; private set; } = new([], []);

    /// <summary>To be handed on now: it is not shown again.</summary>
    public InvitationLink? Link { get; private set; }

    public string? Me => User.FindFirstValue(Claims.Subject);

    protected override string Scope => Scopes.OperatorManage;

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ?? Page();

    public async Task<IActionResult> OnPostInviteAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (IsElsewhere())
        {
            return Again(StatusCodes.Status409Conflict);
        }
        (Name, Email, Chosen) = (Clean(Name), Clean(Email), Known(Chosen));
        if (Chosen.Length == 0)
        {
            Fail(nameof(Chosen), T["Välj minst en roll."]);
            if (Name.Length == 0)
            {
                Fail(nameof(Name), T["Skriv personens namn."]);
            }
            return Again();
        }
        var answer = await identity.InviteAsync(Slug, Email, Name, Chosen, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return Explain(problem, (field, _) => field switch
            {
                "email" => (nameof(Email), T["Skriv en e-postadress."]),
                "name" => (nameof(Name), T["Skriv personens namn."]),
                _ => (nameof(Chosen), T["Välj minst en roll."]),
            });
        }
        (Link, Name, Email, Chosen) = (answer.Value, null, null, []);
        ModelState.Clear();
        return await ReadAsync() ?? Page();
    }

    public async Task<IActionResult> OnPostRolesAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (Staffing.People.FirstOrDefault(person => person.Id == Person) is not { } found)
        {
            return Gone();
        }
        Chosen = Known(Chosen);
        if (Chosen.Length == 0)
        {
            Fail($"Chosen-{found.Id}", T["Välj minst en roll, eller ta bort personen."]);
            return Again();
        }
        if (Seen != Line(found.Roles))
        {
            Fail("", T["Någon annan har ändrat {0}s roller medan du valde: {1}. Dina val finns kvar; spara igen om de ska gälla.", found.Name, Names(found.Roles)]);
            return Again(StatusCodes.Status409Conflict);
        }
        var answer = await identity.ChangeRolesAsync(Slug, found.Id, Chosen, HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Refuse(problem) : Go("/admin/organisation/personer", Texts.Key("Rollerna är ändrade och gäller redan."));
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await identity.RemovePersonAsync(Slug, Person ?? Guid.Empty, HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Refuse(problem) : Go("/admin/organisation/personer", Texts.Key("Personen arbetar inte längre här och är utloggad."));
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await identity.WithdrawAsync(Slug, Person ?? Guid.Empty, HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Refuse(problem) : Go("/admin/organisation/personer", Texts.Key("Inbjudan är återkallad. Länken gäller inte längre."));
    }

    /// <summary>What stands ticked: what was sent for this person, otherwise what is so.</summary>
    public bool IsChosen(StaffMember person, string role) => (Person == person.Id && Chosen.Length > 0 ? Chosen : person.Roles).Contains(role);

    public string Names(IEnumerable<string> roles) => string.Join(", ", roles.Select(role => RoleName(role, T)));

    public static string Line(IEnumerable<string> roles) => string.Join(' ', Roles.All.Where(roles.Contains));

    private static string[] Known(string[] typed) => [.. Roles.All.Where(typed.Contains)];

    private IActionResult Refuse(Problem problem) => problem.Slug is "unknown-operator" or "unknown-invitation" ? Gone() : Explain(problem, (_, _) => ("", T["Välj minst en roll."]));

    private PageResult Gone()
    {
        Fail("", T["Personen eller inbjudan finns inte längre. Så här är det nu."]);
        return Again(StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await identity.PeopleAsync(Slug, HttpContext.RequestAborted);
        Staffing = answer.Value ?? Staffing;
        return answer.Problem is { } problem ? NotThere(problem) : null;
    }
}
