using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Templates;

/// <summary>The organisation's templates by name, and one of them.</summary>
internal static class ReadTemplates
{
    public sealed record List(IReadOnlyList<TemplateView> Templates);

    public static async Task<Ok<List>> All(AlertCaller caller, NotifierDb db, CancellationToken cancellationToken) => TypedResults.Ok(new List(
        (await db.InOrganisationAsync(caller.Organisation, token => db.Templates.AsNoTracking().OrderBy(t => t.Name).ToListAsync(token), cancellationToken)).ConvertAll(TemplateView.Of)));

    public static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> One(Guid id, AlertCaller caller, NotifierDb db, HttpResponse response, CancellationToken cancellationToken)
    {
        var template = await db.InOrganisationAsync(caller.Organisation, token => db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, token), cancellationToken);
        if (template is null)
        {
            return ChangeTemplate.NotFound();
        }
        response.Headers.ETag = $"\"{template.Version}\"";
        return TypedResults.Ok(TemplateView.Of(template));
    }
}
