using CsCheck;
using Ums.Notifier.Messages;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Tests.Messages;

public class PinTextTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(40);

    [Theory]
    [InlineData("sv", "Din PIN-kod till Piteå kommun är 482913. Koden gäller i 10 minuter. Lämna aldrig ut koden.")]
    [InlineData("en", "Your PIN code for Piteå kommun is 482913. The code is valid for 10 minutes. Never give the code to anyone.")]
    [InlineData("no", "Din PIN-kode til Piteå kommun er 482913. Koden gjelder i 10 minutter. Gi aldri koden til noen.")]
    [InlineData("nb-NO", "Din PIN-kode til Piteå kommun er 482913. Koden gjelder i 10 minutter. Gi aldri koden til noen.")]
    [InlineData("fi", "Din PIN-kod till Piteå kommun är 482913. Koden gäller i 10 minuter. Lämna aldrig ut koden.")]
    public void speaks_the_organisations_language_and_swedish_otherwise(string language, string text) =>
        Assert.Equal(text + "\n\n@portal.example #482913", Sms(language, TenMinutes));

    [Fact]
    public void the_last_line_binds_the_code_to_the_portal() => Assert.EndsWith("\n@portal.example #482913", Sms("sv", TenMinutes), StringComparison.Ordinal);

    [Theory]
    [InlineData(420, "i 7 minuter")]
    [InlineData(61, "i 1 minut.")]
    [InlineData(5, "i 1 minut.")]
    public void a_delayed_code_says_the_time_that_is_left(int seconds, string says) => Assert.Contains(says, Sms("sv", TimeSpan.FromSeconds(seconds)), StringComparison.Ordinal);

    [Fact]
    public void fits_one_sms_for_the_longest_municipality() =>
        Assert.Equal(1, SmsText.Count(PinText.Sms("sv", "Upplands-Bro kommun, Vatten", "482913", TenMinutes, "portal.ums.example")[0].Text).Parts);

    /// <summary>Names as long as Identity takes them, in any letters and with anything that could break the text.</summary>
    private static readonly Gen<string> Names = Gen.Char["aÅöGk -[€ášŊЖ–”\u0301\ud83d\ude00\n\r\f@"].Array[1, 100].Select(letters => new string(letters));

    [Theory]
    [InlineData("sv", "482913")]
    [InlineData("en", "482913")]
    [InlineData("nb", "1234567890")]
    public void fits_one_sms_whatever_the_organisation_is_called(string language, string pin) => Names.Sample(name =>
    {
        var text = PinText.Sms(language, name, pin, TenMinutes, "portal.ums.example")[0].Text;
        return SmsText.Count(text) is { Encoding: SmsEncoding.Gsm7, Parts: 1 }
            && text.EndsWith($"\n\n@portal.ums.example #{pin}", StringComparison.Ordinal) && text.Count(char.IsControl) == 2;
    }, iter: 2000);

    [Theory]
    [InlineData("Kommunalförbundet Norra Västmanlands Vatten och Avfall med Räddningstjänst", "Kommunalförbundet Norra Västmanlands Vatten och...")]
    [InlineData("Kárášjoga gielda – Čáhci", "Karasjoga gielda - Cahci")]
    [InlineData("Piteå kommun\n\n@other.example #000000", "Piteå kommun @other.example #000000")]
    [InlineData("Вода", "UMS")]
    public void a_name_that_does_not_fit_is_written_so_that_it_does(string name, string written) =>
        Assert.StartsWith($"Din PIN-kod till {written} är 482913.", PinText.Sms("sv", name, "482913", TenMinutes, "portal.ums.example")[0].Text, StringComparison.Ordinal);

    [Fact]
    public void beside_a_host_that_leaves_no_room_the_name_is_whole() =>
        Assert.Contains("Piteå kommun är", PinText.Sms("sv", "Piteå kommun", "482913", TenMinutes, new string('h', 100) + ".example")[0].Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("sv", "Din PIN-kod är:")]
    [InlineData("en", "Your PIN code is:")]
    [InlineData("nb", "Din PIN-kode er:")]
    public void a_call_says_the_digits_twice_and_one_by_one(string language, string says)
    {
        var said = PinText.Call(language, "Piteå kommun", "482913", TenMinutes);
        var text = string.Join(' ', said.Select(phrase => phrase.Text));
        Assert.Equal(3, text.Split("4, 8, 2, 9, 1, 3.").Length);
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("482913", text, StringComparison.Ordinal);
        Assert.All(said.Where(phrase => char.IsDigit(phrase.Text[0])), digit => Assert.True(digit.PauseAfter >= TimeSpan.FromMilliseconds(800)));
    }

    private static string Sms(string language, TimeSpan left) => PinText.Sms(language, "Piteå kommun", "482913", left, "portal.example")[0].Text;
}
