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

    /// <summary>Secrets, and what confirms an act by being typed: once more means once more.</summary>
    private static readonly string[] Dropped = ["form", "Password", "Repeat", "Code", "Secret", "credential", "Recipients", "GoneTyped"];

    /// <summary>For a form that has come to its page, and so is the page's own.</summary>
    /// <returns>Whether it waits; a long one does not.</returns>
    public static bool Keep(HttpContext http, string subject)
    {
        var fields = http.Request.HasFormContentType
            ? http.Request.Form.Where(field => !Dropped.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToArray())
            : [];
        var json = JsonSerializer.Serialize(new Kept(http.Request.Path, subject, fields!));
        if (fields.Count == 0 || json.Length > Longest)
        {
            return false;
        }
        var kept = Of(http);
        kept[Name] = json;
        kept.Save();
        return true;
    }

    /// <summary>Whose session has ended, for a form that comes when nothing else says so: another tab may have been told first.</summary>
    public static void Expect(HttpContext http, string subject)
    {
        var kept = Of(http);
        kept[Whose] = subject;
        kept.Save();
    }

    /// <summary>For a form that has been stopped on its way: no page has looked at it. That it is no other site's has been asked before (<see cref="Security.OwnOrigin"/>).</summary>
    public static async Task<bool> KeepAsync(HttpContext http)
    {
        // What looks like an id comes out of the cookie as one, not as the text that went in.
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request is not { HasFormContentType: true, ContentLength: <= Longest * 3 } || Of(http).Peek(Whose)?.ToString() is not { } subject)
        {
            return false;
        }
        await http.Request.ReadFormAsync(http.RequestAborted);
        return Keep(http, subject);
    }

    /// <returns>Empty where nothing waits for this page and this operator, or they have turned back without a proof.</returns>
    public static IReadOnlyDictionary<string, string[]> Take(HttpContext http)
    {
        var kept = Of(http);
        if (kept.Peek(Name) is not string json || JsonSerializer.Deserialize<Kept>(json) is not { } found || found.Path != http.Request.Path
            || found.Subject != http.User.FindFirstValue(Claims.Subject)
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

    private static ITempDataDictionary Of(HttpContext http) => http.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);

    private sealed record Kept(string Path, string Subject, Dictionary<string, string[]> Fields);
}
