using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Organisations;

/// <summary>
/// All settings anew, for who has seen the present ones: of two who change them at the same time the second is told (412) and loses nothing. Which municipalities
/// an organisation may warn in is agreed with UMS, whose staff alone change it.
/// </summary>
internal static class ChangeSettings
{
    public sealed record Request(
        string? Name, string?[]? MunicipalityCodes, string? SmsSenderName, string? VoiceCallerId, string? Language, bool NorwegianNumbers, string?[]? Categories);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, Request request, HttpContext http, ClaimsPrincipal user, IdentityDb db, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } seen)
        {
            return GetOrganisation.Unknown();
        }
        if (http.Request.Headers.IfMatch.ToString() is not { Length: > 0 } tag)
        {
            return Problems.Problem(StatusCodes.Status428PreconditionRequired, "if-match-required", "Give the ETag of the settings that you have seen in If-Match.");
        }
        var errors = SettingsFields.Errors(request);
        if (!errors.ContainsKey("municipalityCodes") && !user.HasClaim(Claims.Staff, "true") && !request.MunicipalityCodes!.Order().SequenceEqual(seen.MunicipalityCodes.Order()))
        {
            errors["municipalityCodes"] = ["changed-by-ums-only"];
        }
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(seen.Id, async token =>
        {
            var o = (await db.Organisations.FromSql($"select * from organisations where id = {seen.Id} for update").ToListAsync(token)).Single();
            if (tag != ReadSettings.TagOf(o.Version))
            {
                return Problems.Problem(StatusCodes.Status412PreconditionFailed, "changed-meanwhile", "Somebody else has changed the settings. Look at them again.");
            }
            var changed = Apply(o, request);
            if (changed.Count > 0)
            {
                o.Version++;
                db.Publish(new OrganisationChanged(o.Id, o.Slug, o.Version, clock.GetUtcNow()));
                await audit.AppendAsync(db, o.Id, AuditRecord.By(user, "settings-changed") with { Detail = string.Join(' ', changed) }, token);
            }
            http.Response.Headers.ETag = ReadSettings.TagOf(o.Version);
            return TypedResults.NoContent();
        }, cancellationToken);
    }

    /// <returns>The names of what is not as it was.</returns>
    private static List<string> Apply(Organisation o, Request request)
    {
        var changed = new List<string>();
        Set("name", o.Name, request.Name!.Trim(), value => o.Name = value);
        Set("municipalityCodes", string.Join(',', o.MunicipalityCodes), string.Join(',', request.MunicipalityCodes!), _ => o.MunicipalityCodes = request.MunicipalityCodes!);
        Set("smsSenderName", o.SmsSenderName, request.SmsSenderName!, value => o.SmsSenderName = value);
        Set("voiceCallerId", o.VoiceCallerId, request.VoiceCallerId!, value => o.VoiceCallerId = value);
        Set("language", o.Language, request.Language!, value => o.Language = value);
        Set("norwegianNumbers", o.NorwegianNumbers, request.NorwegianNumbers, value => o.NorwegianNumbers = value);
        string[] categories = [.. request.Categories!.Select(category => category!.Trim())];
        Set("categories", string.Join('\n', o.Categories), string.Join('\n', categories), _ => o.Categories = categories);
        return changed;

        void Set<T>(string field, T before, T after, Action<T> set)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
            {
                set(after);
                changed.Add(field);
            }
        }
    }
}
