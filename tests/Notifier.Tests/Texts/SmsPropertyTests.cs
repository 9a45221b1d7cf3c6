using CsCheck;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Tests.Texts;

public class SmsPropertyTests
{
    private static readonly string[] Gsm = ["a", "å", "Ö", "é", " ", "\n", "€", "^", "{", "Vattnet stängs av "];
    private static readonly string[] Typography = ["“", "’", "–", "…", "\u00A0", "\u200B", "\t", "a\u030A", "e\u0301"];
    private static readonly string[] Others = ["á", "š", "Ж", "😀", "👨\u200D👩", "\ud83d", "\ude00", "`"];

    /// <summary>Of one kind and mixed: a mixed text is nearly always UCS-2.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Text(Gsm), Text([.. Gsm, "€", "€", "€"]), Text([.. Gsm, .. Typography]), Text(Typography), Text([.. Gsm, .. Typography, .. Others]), Text(Others));

    [Fact]
    public void the_count_is_what_the_specification_says() => Texts.Sample(text => SmsText.Count(text) == Specification.Count(text), iter: 5_000);

    [Fact]
    public void each_character_is_in_the_alphabet_or_not_as_the_specification_says() =>
        Assert.All(Enumerable.Range(0, 0x10000).Select(c => (char)c), c => Assert.Equal(Specification.Gsm7Has(c), GsmAlphabet.Holds(c)));

    [Fact]
    public void the_parts_joined_are_the_text_and_none_is_over_its_limit_or_cuts_a_character() => Texts.Sample(text =>
    {
        var sms = SmsText.Of(text);
        var limit = (sms.Encoding, sms.Parts.Count) switch { (SmsEncoding.Gsm7, 1) => 160, (SmsEncoding.Gsm7, _) => 153, (_, 1) => 70, _ => 67 };
        return string.Concat(sms.Parts.Select(part => part.Text)) == text
            && sms.Parts.All(part => part.Units <= limit)
            && sms.Parts.Sum(part => part.Units) == sms.Units
            && sms.UnitsLeft == limit - sms.Parts[^1].Units
            && sms.Parts.Zip(sms.Parts.Skip(1)).All(pair => !char.IsSurrogatePair(pair.First.Text[^1], pair.Second.Text[0]));
    }, iter: 5_000);

    [Fact]
    public void what_is_offered_is_gsm7_makes_no_more_parts_and_is_the_changes_and_nothing_else() => Texts.Sample(text =>
    {
        var preview = PreviewText.Of(text, parts => parts);
        if (preview.Downgraded is not { } offer)
        {
            return true;
        }
        var changed = text;
        foreach (var (at, from, to) in offer.Changes.Reverse())
        {
            if (changed.Substring(at, from.Length) != from)
            {
                return false;
            }
            changed = changed.Remove(at, from.Length).Insert(at, to);
        }
        return changed == offer.Text && offer.Parts <= preview.Parts.Count && offer.Changes.Count > 0
            && Specification.Count(offer.Text) == new SmsSize(SmsEncoding.Gsm7, Specification.Count(offer.Text).Units, offer.Parts);
    }, iter: 5_000);

    [Fact]
    public void what_forces_ucs2_is_named_each_time_and_nothing_else_is() => Texts.Sample(text =>
    {
        var forcedBy = PreviewText.Of(text, parts => parts).ForcedBy;
        return forcedBy.All(one => text.Substring(one.At, one.Character.Length) == one.Character)
            && forcedBy.Sum(one => one.Character.Length) == text.Count(c => !Specification.Gsm7Has(c));
    }, iter: 5_000);

    private static Gen<string> Text(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 400].Select(string.Concat);
}
