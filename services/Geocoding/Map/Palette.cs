namespace Ums.Geocoding.Map;

/// <summary>The colours that the style's templates name, such as <c>@paper</c>.</summary>
internal sealed record Palette(
    string Paper, string Town, string Lived, string Park, string Water, string Building, string Border, string Street, string StreetEdge, string Main, string MainEdge,
    string Road, string House, string Text, string QuietText)
{
    public static readonly Palette Light = new(
        Paper: "#f4f1ea", Town: "#e9e3d7", Lived: "#c9a56b", Park: "#cfe0c3", Water: "#b9d3de", Building: "#e0d9cb", Border: "#a89c88", Street: "#ffffff",
        StreetEdge: "#cfc7b6", Main: "#fff3cf", MainEdge: "#d3bb7c", Road: "#d8c48f", House: "#b9ae9a", Text: "#3d3a34", QuietText: "#6f685b");

    public static readonly Palette Dark = new(
        Paper: "#1b1d1f", Town: "#222528", Lived: "#8d744c", Park: "#243229", Water: "#14242d", Building: "#292c2f", Border: "#5b6168", Street: "#3a3f44",
        StreetEdge: "#17191b", Main: "#555049", MainEdge: "#17191b", Road: "#5d574c", House: "#5b6168", Text: "#e4e1da", QuietText: "#a9a59c");

    public string Colour(string template) => template
        .Replace("@paper", Paper, StringComparison.Ordinal).Replace("@town", Town, StringComparison.Ordinal).Replace("@lived", Lived, StringComparison.Ordinal)
        .Replace("@park", Park, StringComparison.Ordinal).Replace("@water", Water, StringComparison.Ordinal)
        .Replace("@building", Building, StringComparison.Ordinal).Replace("@border", Border, StringComparison.Ordinal)
        .Replace("@street-edge", StreetEdge, StringComparison.Ordinal).Replace("@street", Street, StringComparison.Ordinal)
        .Replace("@main-edge", MainEdge, StringComparison.Ordinal).Replace("@main", Main, StringComparison.Ordinal)
        .Replace("@road", Road, StringComparison.Ordinal).Replace("@house", House, StringComparison.Ordinal)
        .Replace("@quiet-text", QuietText, StringComparison.Ordinal).Replace("@text", Text, StringComparison.Ordinal);
}
