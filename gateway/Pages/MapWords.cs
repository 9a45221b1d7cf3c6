using System.Text.Json;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages;

/// <summary>What a map says to who reads it or hears it read, by the names that the map's library gives its sentences.</summary>
internal static class MapWords
{
    /// <param name="title">What the map shows.</param>
    public static string Of(string title, Texts t) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["Map.Title"] = title,
        ["NavigationControl.ZoomIn"] = t["Zooma in"],
        ["NavigationControl.ZoomOut"] = t["Zooma ut"],
        ["Marker.Title"] = t["Adress på kartan"],
        ["CooperativeGesturesHandler.MobileHelpText"] = t["Flytta kartan med två fingrar"],
        ["CooperativeGesturesHandler.WindowsHelpText"] = t["Zooma med Ctrl och mushjulet"],
        ["CooperativeGesturesHandler.MacHelpText"] = t["Zooma med ⌘ och mushjulet"],
    });
}
