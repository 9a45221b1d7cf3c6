using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Phones;

namespace Ums.Notifier.Phone;

/// <summary>All telephones and what they received, as a page.</summary>
internal static class ShowPhones
{
    private const int Most = 300;

    /// <param name="number">Shows telephones whose number has these digits, however written.</param>
    public static async Task<RazorComponentResult<PhonePage>> Handle(
        string? number, PhoneMemory memory, SpokenAudio audio, HttpContext http, CancellationToken cancellationToken)
    {
        var search = number?.Trim() ?? "";
        var one = PhoneNumber.TryParse(search, norwegian: true, out var phone, out _) ? phone!.E164 : null;
        var messages = await memory.ReadAsync(one, Most, cancellationToken);
        var digits = string.Concat(search.Where(char.IsAsciiDigit)).TrimStart('0');
        var telephones = messages
            .Where(message => one is not null || message.Phone.Contains(digits, StringComparison.Ordinal))
            .GroupBy(message => message.Phone)
            .Select(group => new Telephone(PhoneNumber.Parse(group.Key).National, PhoneNumber.Parse(group.Key).Kind == PhoneKind.Landline, [.. group]))
            .ToList();
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<PhonePage>(new { Telephones = (IReadOnlyList<Telephone>)telephones, Search = search, Audio = audio.Available });
    }
}
