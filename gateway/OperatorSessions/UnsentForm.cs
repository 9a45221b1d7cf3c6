using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.OperatorSessions;

/// <summary>
/// A form that was sent when the sign-in had grown old or the session had ended: it waits in a sealed cookie, but for secrets, while the operator proves who they
/// are, and stands on its page again for them alone. Nothing is done with it until it is sent once more.
/// </summary>
internal static class UnsentForm
{
    private const string Name = "unsent", Whose = "ended";

    /// <summary>A cookie holds some thousand letters.</summary>
    private const int Longest = 2000;

    private static readonly string[] Secret = ["form", "Password", "Repeat", "Code", "Secret", "credential"];

    /// <summary>What confirms an act by being typed: once more means once more, and the form holds nothing else.</summary>
    private static readonly string[] Confirms = ["Recipients", "GoneTyped"];

    /// <summary>For a form that has come to its page, and so is the page's own.</summary>
    /// <returns>Whether it waits; a long one does not.</returns>
    public static bool Keep(HttpContext http) => http.Request.HasFormContentType && Keep(http, http.Request.Form, OwnerOf(http.User));

    /// <summary>Whose session has ended, for a form that comes when nothing else says so: another tab may have been told first.</summary>
    public static void Expect(HttpContext http, ClaimsPrincipal? user)
    {
        if (user is not null)
        {
            var kept = Of(http);
            kept[Whose] = OwnerOf(user);
            kept.Save();
        }
    }

    /// <summary>For a form that has been stopped on its way: no page has looked at it. That it is no other site's has been asked before (<see cref="Security.OwnOrigin"/>).</summary>
    public static async Task<bool> KeepAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request is not { HasFormContentType: true, ContentLength: <= Longest * 3 } || Of(http).Peek(Whose) is not string owner)
        {
            return false;
        }
        try
        {
            return Keep(http, await http.Request.ReadFormAsync(http.RequestAborted), owner);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // No form of ours.
            return false;
        }
    }

    /// <returns>Empty where nothing waits for this page and this operator, or they have turned back without a proof.</returns>
    public static IReadOnlyDictionary<string, string[]> Take(HttpContext http)
    {
        var kept = Of(http);
        if (kept.Peek(Name) is not string json || JsonSerializer.Deserialize<Kept>(json) is not { } found || found.Path != http.Request.Path || found.Owner != OwnerOf(http.User)
            || !FreshSignIn.IsFresh(http.User, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            return new Dictionary<string, string[]>();
        }
        kept.Remove(Name);
        kept.Remove(Whose);
        return found.Fields;
    }

    /// <summary>Whether something waits for the page, whoever comes to it.</summary>
    public static bool Waits(HttpContext http, string page) => Of(http).Peek(Name) is string json && JsonSerializer.Deserialize<Kept>(json)?.Path == page;

    private static bool Keep(HttpContext http, IFormCollection form, string owner)
    {
        var fields = form.Where(field => !Secret.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToArray());
        var json = JsonSerializer.Serialize(new Kept(http.Request.Path, owner, fields!));
        if (fields.Count == 0 || Confirms.Any(fields.ContainsKey) || json.Length > Longest)
        {
            return false;
        }
        var kept = Of(http);
        kept[Name] = json;
        kept.Save();
        return true;
    }

    /// <summary>The operator in the organisation: what was typed about one's people does not turn up at another's.</summary>
    private static string OwnerOf(ClaimsPrincipal user) => $"{user.FindFirstValue(Claims.Subject)} {user.FindFirstValue(Claims.OrganisationSlug)}";

    private static ITempDataDictionary Of(HttpContext http) => http.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);

    private sealed record Kept(string Path, string Owner, Dictionary<string, string[]> Fields);
}
