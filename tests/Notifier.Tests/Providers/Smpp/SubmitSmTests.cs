using CsCheck;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Smpp;
using Ums.Notifier.Texts;
using Ums.ProviderDoubles.Smpp;

namespace Ums.Notifier.Tests.Providers.Smpp;

/// <summary>The parts of an SMS on the wire, read back by somebody else's eyes: the double's.</summary>
public class SubmitSmTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("å", 160, 1)]
    [InlineData("å", 161, 2)]
    [InlineData("á", 70, 1)]
    [InlineData("á", 71, 2)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("a", 918, 6)]
    [InlineData("a", 919, 7)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 36, 2)]
    public void a_text_goes_out_in_exactly_the_parts_that_it_is_charged_for(string letter, int times, int parts) =>
        Assert.Equal(parts, Check(string.Concat(Enumerable.Repeat(letter, times))).Count);

    [Fact]
    public void an_escaped_letter_does_not_straddle_two_parts()
    {
        var parts = Check(new string('å', 152) + "€" + new string('b', 152));

        Assert.Equal([new string('å', 152), "€" + new string('b', 151), "b"], parts.Select(part => part.Text));
    }

    [Fact]
    public void every_letter_of_the_alphabet_survives() => Check(string.Concat(Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(GsmAlphabet.Holds)));

    [Fact]
    public void whatever_the_text_its_parts_fit_and_make_it_whole_again() =>
        Gen.OneOf(Gen.Char["abåäö€^{}\n@ "].Select(c => c.ToString()), Gen.Char["áš”"].Select(c => c.ToString()), Gen.Const("😀"))
            .Array[0, 700].Select(string.Concat).Sample(text => Check(text), iter: 2000);

    [Fact]
    public void with_a_payload_the_whole_text_is_one_request()
    {
        var text = new string('å', 1000);

        var only = Assert.Single(SubmitSm.Of(Message(text), new SmppOptions { Payload = true }, 7, Now));

        Assert.Equal(text, Submitted.Read(new Unit(4, 0, 1, only)).Text);
    }

    [Theory]
    [InlineData("Piteå", "Pitea")]
    [InlineData("+46846500400", "+46846500400")]
    [InlineData("", "UMS")]
    public void the_sender_is_the_organisations(string from, string shown) =>
        Assert.Equal(shown, Submitted.Read(new Unit(4, 0, 1, SubmitSm.Of(Message("Hej") with { From = from }, new SmppOptions(), 7, Now)[0])).From);

    [Theory]
    [InlineData(-5, "000000000001000R")]
    [InlineData(600, "000000001000000R")]
    [InlineData(90_061, "000001010101000R")]
    [InlineData(100_000_000, "000028000000000R")]
    public void the_validity_is_told_from_now_on(int seconds, string validity) => Assert.Equal(validity, SubmitSm.Validity(TimeSpan.FromSeconds(seconds)));

    private static List<Submitted> Check(string text)
    {
        var parts = SubmitSm.Of(Message(text), new SmppOptions(), 7, Now).Select(body => Submitted.Read(new Unit(4, 0, 1, body))).ToList();
        Assert.Equal(text, string.Concat(parts.Select(part => part.Text)));
        Assert.Equal(SmsText.Of(text).Parts.Count, parts.Count);
        var ucs2 = SmsText.Of(text).Encoding == SmsEncoding.Ucs2;
        Assert.All(parts, part => Assert.InRange(part.Octets, 0, ucs2 ? 140 : 160));
        Assert.Equal(parts.Count == 1 ? [0] : Enumerable.Range(1, parts.Count), parts.Select(part => part.Part));
        Assert.Equal(parts.Select((_, i) => i == parts.Count - 1), parts.Select(part => part.WantsReceipt));
        Assert.Single(parts.Select(part => (part.To, part.From, part.Reference, part.Parts)).Distinct());
        return parts;
    }

    private static OutboundMessage Message(string text) => ProviderContract.Message("+46701740605", Channel.Sms) with { Content = [new Phrase(text)] };
}
