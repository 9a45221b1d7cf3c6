using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages;

/// <summary>Asks once more before everything is removed.</summary>
[Authorize(Session.Policy)]
internal sealed class RemoveEntryModel(ContactsClient contacts) : PortalPage
{
    protected override bool KeepsTyped => true;

    public async Task<IActionResult> OnPostAsync()
    {
        var slug = User.Required(Claims.OrganisationSlug);
        var answer = await contacts.RemoveEntryAsync(HttpContext.RequestAborted);
        if (answer.Problem is { Slug: not "not-registered" } problem)
        {
            Fail("", Words.For(problem, T));
            return Again();
        }
        await Session.EndAsync(HttpContext);
        return LocalRedirect($"/k/{slug}?borttagen=1");
    }
}
