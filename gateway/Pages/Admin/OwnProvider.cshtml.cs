using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;

namespace Ums.Gateway.Pages.Admin;

/// <summary>Which organisation's own provider is to say who one is.</summary>
[AllowAnonymous]
internal sealed class OwnProviderModel(IdentityClient organisations) : OperatorPage
{
    [BindProperty(Name = "sok", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "tillbaka", SupportsGet = true)]
    public string? Then { get; set; }

    public IReadOnlyList<Organisation> Found { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Then = OperatorPath.OrStart(Then);
        Query = Clean(Query) is { Length: <= 100 } typed ? typed : "";
        Found = Query.Length > 0 ? await organisations.SearchAsync(Query, 10, HttpContext.RequestAborted) : [];
    }
}
