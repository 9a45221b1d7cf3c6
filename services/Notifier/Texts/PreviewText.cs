using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Texts;

/// <summary>What a text becomes as an SMS, before anybody sends it: its parts, what they cost, and what would make it shorter. Nothing is changed or kept.</summary>
internal static class PreviewText
{
    private const int Longest = 2000;

    /// <param name="Text">1 to 2,000 characters. The attribute is for the document's readers; the answer says what is wrong as all of this service's do.</param>
    public sealed record Request([property: StringLength(Longest, MinimumLength = 1)] string Text)
    {
        /// <summary>Tells no text: it may be secret.</summary>
        public override string ToString() => nameof(PreviewText);
    }

    /// <param name="At">Its place in the text, in UTF-16 units.</param>
    public sealed record Forcing(string Character, int At);

    /// <param name="At">Its place in the text as it was sent, in UTF-16 units.</param>
    public sealed record Replacement(int At, string From, string To);

    /// <param name="Parts">How many.</param>
    /// <param name="Changes">All that is different.</param>
    public sealed record Downgrade(string Text, int Parts, decimal CostPerRecipient, IReadOnlyList<Replacement> Changes);

    /// <param name="Encoding">The one that the text needs: gsm7 counts in septets, ucs2 in UTF-16 units.</param>
    /// <param name="UnitsLeft">What still fits before another part begins.</param>
    /// <param name="ForcedBy">The characters that gsm7 does not have, each time that they occur.</param>
    /// <param name="Downgraded">The same in gsm7 with look-alikes of typographic characters; null where that cannot be, or would make more parts.</param>
    /// <param name="CostPerRecipient">All parts to one phone, without tax.</param>
    /// <param name="Currency">SEK.</param>
    public sealed record Response(
        SmsEncoding Encoding, int Units, IReadOnlyList<SmsPart> Parts, int UnitsLeft, IReadOnlyList<Forcing> ForcedBy, Downgrade? Downgraded,
        decimal CostPerRecipient, string Currency);

    public static Results<Ok<Response>, ProblemHttpResult> Handle(Request request, ClaimsPrincipal user, IOptions<PriceOptions> prices) => request.Text switch
    {
        null or "" => Problems.Invalid("text", "required"),
        { Length: > Longest } => Problems.Invalid("text", "too-long"),
        var text => TypedResults.Ok(Of(text, parts => prices.Value.Sms(parts, user))),
    };

    public static Response Of(string text, Func<int, decimal> cost)
    {
        var sms = SmsText.Of(text);
        return new Response(
            sms.Encoding, sms.Units, sms.Parts, sms.UnitsLeft, [.. ForcedBy(text)], Offer(text, sms, cost), cost(sms.Parts.Count), PriceOptions.Currency);
    }

    private static IEnumerable<Forcing> ForcedBy(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!GsmAlphabet.Holds(text[i]))
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                yield return new Forcing(text.Substring(i, length), i);
                i += length - 1;
            }
        }
    }

    /// <summary>An ellipsis becomes three dots, so that a text full of them would grow; one that keeps an emoji gains nothing.</summary>
    private static Downgrade? Offer(string text, SmsText sms, Func<int, decimal> cost)
    {
        if (sms.Encoding == SmsEncoding.Gsm7)
        {
            return null;
        }
        var replaced = LookAlikes.Replace(text, out var changes);
        var size = SmsText.Count(replaced);
        return size.Encoding == SmsEncoding.Gsm7 && size.Units > 0 && size.Parts <= sms.Parts.Count
            ? new Downgrade(replaced, size.Parts, cost(size.Parts), [.. changes.Select(change => new Replacement(change.At, change.From, change.To))])
            : null;
    }
}
