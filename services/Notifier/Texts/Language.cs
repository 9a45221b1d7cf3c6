namespace Ums.Notifier.Texts;

/// <summary>The languages that we have words and voices in.</summary>
internal static class Language
{
    /// <returns><c>sv</c>, <c>en</c> or <c>nb</c>; Swedish for any other.</returns>
    public static string Of(string language) => language.Split('-')[0].ToLowerInvariant() switch
    {
        "en" => "en",
        "no" or "nb" or "nn" => "nb",
        _ => "sv",
    };
}
