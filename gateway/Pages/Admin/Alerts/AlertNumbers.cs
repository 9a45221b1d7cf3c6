using System.Globalization;
using Ums.Gateway.Language;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Numbers as the pages write them, with and without script.</summary>
internal static class AlertNumbers
{
    /// <summary>4 218: in groups, with a space that does not break.</summary>
    public static string Of(int number) => number.ToString("#,0", Grouped);

    public static string Kronor(decimal cost) => cost.ToString(cost < 100 ? "#,0.00" : "#,0", Grouped);

    public static string People(int number, Texts t) => number == 1 ? t["1 person"] : t["{0} personer", Of(number)];

    public static string Phones(int number, Texts t) => number == 1 ? t["1 telefon"] : t["{0} telefoner", Of(number)];

    /// <summary>By the names under which the page shows them; a dash for what is not known.</summary>
    public static Dictionary<string, string> Words(AlertLook? look, Texts t) => new()
    {
        ["phones"] = look?.Count is { } all ? Of(all.Phones) : "–",
        ["mobiles"] = look?.Count is { } mobile ? Of(mobile.Mobiles) : "–",
        ["landlines"] = look?.Count is { } fixed_ ? Of(fixed_.Landlines) : "–",
        ["cost"] = look?.SmsCost is { } cost ? t["{0} kr", Kronor(cost)] : "–",
        ["size"] = look?.Sms is { } sms ? sms.Parts.Length == 1
            ? t["{0} tecken, {1} kvar · 1 sms", sms.Units, sms.UnitsLeft] : t["{0} tecken, {1} kvar i delen · {2} sms-delar", sms.Units, sms.UnitsLeft, sms.Parts.Length] : t["0 tecken"],
        ["forced"] = look?.Sms is { ForcedBy: [var first, ..] } ? t["Tecknet {0} gör att varje del rymmer 70 tecken i stället för 160.", first.Character] : "",
        ["left-out"] = look?.Count is { } count ? t["{0} har stängt av, {1} saknar nummer, {2} är under 16 år.", Of(count.SwitchedOff), Of(count.WithoutPhone), Of(count.UnderAge)] : "",
    };

    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u00a0", NumberDecimalSeparator = "," };
}
