using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Portals;
using Ums.Gateway.Sessions;

namespace Ums.Gateway.Pages;

/// <summary>One more address on which to be warned: a summer house, a parent's home.</summary>
[Authorize(Session.Policy)]
internal sealed class NewAddressModel(ContactsClient contacts, AddressSearch search, Portal portal) : AddressForm
{
    [BindProperty]
    public string? Main { get; set; }

    public async Task<IActionResult> OnPostMatchesAsync()
    {
        await SearchAsync(search, (await portal.FindAsync())!);
        return ModelState.IsValid ? Page() : Again(Math.Max(Response.StatusCode, 422));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var organisation = (await portal.FindAsync())!;
        if (string.IsNullOrEmpty(AddressId) || AddressId.Length > 64)
        {
            await SearchAsync(search, organisation);
            if (Hits?.Inside.Count > 0)
            {
                Fail(nameof(AddressId), T["Välj din adress i listan."]);
            }
            return Again(Math.Max(Response.StatusCode, 422));
        }
        var answer = await contacts.AddAddressAsync(AddressId, Main == "true", HttpContext.RequestAborted);
        if (answer.Ok)
        {
            return Go("/min-sida", Texts.Key("Adressen är tillagd och syns på kartan."));
        }
        if (answer.Problem!.Slug == "not-registered")
        {
            return LocalRedirect("/registrera");
        }
        await ExplainAsync(answer.Problem, search, organisation);
        return Again();
    }
}
