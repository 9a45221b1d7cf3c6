using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ums.Notifier.Alerts;

/// <summary>The code by which a recipient sees that an alert is genuine, and how it stands in the SMS.</summary>
internal static class AlertCode
{
    /// <summary>Without vowels, so that no code is a word, and without what is mistaken for something else.</summary>
    private const string Letters = "2345679BCDFGHJKMNPQRSTVWXZ";

    /// <summary>Eight thousand million codes: whoever tries them at the speed that the gateway allows finds one in weeks, and in it what thousands of phones were told.</summary>
    public const int Length = 7;

    /// <summary>In a preview, where an alert has none yet: as wide as a code, and none.</summary>
    public const string Unknown = "-------";

    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>Reads a code as people type it: small letters, spaces and dashes do not matter.</summary>
    /// <returns>Null where it can be no code.</returns>
    public static string? Read(string? typed)
    {
        if (typed is not { Length: <= 4 * Length })
        {
            return null;
        }
        var code = string.Concat(typed.Where(letter => letter != '-' && !char.IsWhiteSpace(letter)).Select(char.ToUpperInvariant));
        return code.Length == Length && code.All(letter => Letters.Contains(letter, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>The last line of an SMS; null where the organisation wants none.</summary>
    /// <param name="portal">The public address, with a trailing slash.</param>
    public static string? Line(string? code, AlertSettings settings, string portal) => code is null ? null : settings.CodeStyle switch
    {
        CodeStyle.Place => $"Äkta? Skriv {code} {settings.CodePlace ?? "i vår portal"}.",
        CodeStyle.Link => $"Äkta? {portal}v/{code}",
        _ => null,
    };
}

[JsonConverter(typeof(CamelCaseEnumConverter<CodeStyle>))]
public enum CodeStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With the place where it is typed, and without a link: what asks people to press on links looks like a fraud.</summary>
    Place,

    /// <summary>As a link.</summary>
    Link,
}

/// <summary>The line with an alert's code, as an organisation has it just now.</summary>
internal sealed class CodeLines(IOptions<AlertDefaults> defaults, IConfiguration configuration)
{
    public async Task<string?> OfAsync(NotifierDb db, Guid organisation, string? code, CancellationToken cancellationToken) => AlertCode.Line(
        code, await db.InOrganisationAsync(organisation, db.AlertSettings.AsNoTracking().SingleOrDefaultAsync, cancellationToken) ?? defaults.Value.Of(organisation),
        configuration["Tokens:Issuer"] ?? "");
}
