using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages;

/// <summary>The first page where no organisation is chosen: search for one.</summary>
[AllowAnonymous]
internal sealed class IndexModel(IdentityClient identity) : PortalPage
{
    /// <summary>What is searched for; null until somebody has.</summary>
    [BindProperty(Name = "sok", SupportsGet = true)]
    public string? Query { get; set; }

    public IReadOnlyList<Organisation> Found { get; private set; } = [];

    public bool Searched => !string.IsNullOrWhiteSpace(Query);

    public async Task OnGetAsync(string? utloggad, string? okand)
    {
        Query = Clean(Query) is { Length: <= 100 } query ? query : Clean(Query)[..100];
        if (Searched)
        {
            Found = await identity.SearchAsync(Query, 20, HttpContext.RequestAborted);
        }
        if (okand is not null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            Fail("sok", T["Vi hittar ingen kommun och inget bolag på den adressen. Sök här i stället."]);
        }
        else if (utloggad is not null)
        {
            ViewData[Notice] = Texts.Key("Du är utloggad.");
        }
    }
}
