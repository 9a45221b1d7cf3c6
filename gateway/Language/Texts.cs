using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace Ums.Gateway.Language;

/// <summary>
/// The words on the pages. A Swedish sentence is its own key; <c>Texts.en.json</c> holds the English. A sentence that has none yet is shown in Swedish, and a
/// test fails.
/// </summary>
internal sealed class Texts : IStringLocalizer
{
    private static readonly FrozenDictionary<string, string> English = Load();

    /// <summary>The language of this request as a tag for <c>lang</c>.</summary>
    public static string Tag => IsEnglish ? "en" : "sv";

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public LocalizedString this[string name] => Find(name, IsEnglish);

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var found = this[name];
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, found.Value, arguments), found.ResourceNotFound);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => English.Keys.Select(key => Find(key, IsEnglish));

    /// <summary>Marks a sentence that is looked up later, on another page.</summary>
    public static string Key(string swedish) => swedish;

    private static LocalizedString Find(string swedish, bool english) =>
        !english ? new LocalizedString(swedish, swedish)
        : English.TryGetValue(swedish, out var found) ? new LocalizedString(swedish, found)
        : new LocalizedString(swedish, swedish, resourceNotFound: true);

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream("Texts.en.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
