using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>The organisation's templates by name.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class TemplatesModel(TemplatesClient templates) : OperatorPage
{
    public IReadOnlyList<AlertTemplate> Templates { get; private set; } = [];

    public bool MayWrite => User.HasScope(Scopes.AlertWrite);

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ?? Page();

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, int version)
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        var answer = await templates.RemoveAsync(id, version, HttpContext.RequestAborted);
        switch (answer.Problem)
        {
            case null:
                return Go("/admin/mallar", Texts.Key("Mallen är borttagen."));
            case { Slug: "template-changed" }:
                Fail("", T["Någon annan har ändrat mallen sedan du öppnade sidan. Läs den innan du tar bort den."]);
                return await ReadAsync() ?? Again(StatusCodes.Status409Conflict);
            case { Slug: "unknown-template" }:
                // Pressed twice, or another was first: it is gone, as was wished.
                return Go("/admin/mallar", Texts.Key("Mallen är borttagen."));
            case var problem:
                return NotThere(problem);
        }
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await templates.ListAsync(HttpContext.RequestAborted);
        Templates = answer.Value?.Templates ?? [];
        return answer.Problem is { } problem ? NotThere(problem) : null;
    }
}
