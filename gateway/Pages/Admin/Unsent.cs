using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin;

/// <summary>A form that was sent when the sign-in had grown old: it waits in the sealed cookie, but for secrets, while the operator proves who they are.</summary>
internal static class Unsent
{
    private const string Name = "unsent";

    /// <summary>A cookie holds some thousand letters.</summary>
    private const int Longest = 2000;

    private static readonly string[] Secret = ["form", "Password", "Repeat", "Code", "Secret", "credential"];

    public static void Keep(HttpContext http, ITempDataDictionary kept)
    {
        var fields = http.Request.HasFormContentType
            ? http.Request.Form.Where(field => !Secret.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToArray())
            : [];
        var json = JsonSerializer.Serialize(new Kept(http.Request.Path, fields!));
        if (fields.Count > 0 && json.Length <= Longest)
        {
            kept[Name] = json;
        }
    }

    /// <returns>Empty where nothing waits for this page, or the operator has turned back without a proof.</returns>
    public static IReadOnlyDictionary<string, string[]> Take(HttpContext http, ITempDataDictionary kept) =>
        kept[Name] is string json && JsonSerializer.Deserialize<Kept>(json) is { } found && found.Path == http.Request.Path
            && FreshSignIn.IsFresh(http.User, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            ? found.Fields
            : new Dictionary<string, string[]>();

    private sealed record Kept(string Path, Dictionary<string, string[]> Fields);
}
