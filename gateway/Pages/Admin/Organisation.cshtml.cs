using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>In which organisation the operator works from now on.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class OrganisationModel(OperatorClient identity, IdentityClient organisations) : OperatorPage
{
    [BindProperty]
    public string? Slug { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty(Name = "tillbaka", SupportsGet = true)]
    public string? Then { get; set; }

    [BindProperty(Name = "sok", SupportsGet = true)]
    public string? Query { get; set; }

    public OperatorAccount Account { get; private set; } = null!;

    public IReadOnlyList<Organisation> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await ReadAsync();
        (Slug, Reason) = (Clean(Slug), Clean(Reason));
        if (Slug.Length is 0 or > 64)
        {
            Fail(nameof(Slug), T["Välj en organisation."]);
            return Again();
        }
        var member = Account.Organisations.Any(place => place.Slug == Slug);
        if (!member && Account.Staff && Reason.Length is < 10 or > 300)
        {
            Fail(nameof(Reason), T["Skriv ett skäl med minst tio tecken."]);
            return Again();
        }
        var answer = await identity.ChooseAsync(Slug, member ? null : Reason, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return Refused(problem);
        }
        await OperatorSession.RenewAsync(HttpContext);
        return LocalRedirect(OperatorPath.OrStart(Then));
    }

    private async Task ReadAsync()
    {
        Account = (await identity.FindAsync(null, HttpContext.RequestAborted)).Value ?? throw new SessionEndedException();
        Query = Clean(Query) is { Length: <= 100 } typed ? typed : "";
        Found = Account.Staff && Query.Length > 0 ? await organisations.SearchAsync(Query, 10, HttpContext.RequestAborted) : [];
    }
}
