using Ums.Notifier.Texts;

namespace Ums.Notifier.Tests.Texts;

public class SmsTextTests
{
    public static TheoryData<string, string, int, int> Vectors => new()
    {
        { "Din PIN-kod till UMS kundportal är 482913. Koden gäller i 10 minuter. Lämna aldrig ut koden.", "Gsm7", 92, 1 },
        { "Vattnet stängs av på Sankt Eriksgatan 117 idag kl 10-12.", "Gsm7", 56, 1 },
        { "Vattnet stängs av på Sankt Eriksgatan 117 idag kl 10–12.", "Ucs2", 56, 1 },
        { Times("å", 160), "Gsm7", 160, 1 },
        { Times("å", 161), "Gsm7", 161, 2 },
        { Times("á", 70), "Ucs2", 70, 1 },
        { Times("á", 71), "Ucs2", 71, 2 },
        { Times("€", 80), "Gsm7", 160, 1 },
        { Times("€", 81), "Gsm7", 162, 2 },
        { Times("a", 918), "Gsm7", 918, 6 },
        { Times("a", 919), "Gsm7", 919, 7 },
        { Times("😀", 35), "Ucs2", 70, 1 },
        { Times("😀", 36), "Ucs2", 72, 2 },
        { Times("å", 152) + "€" + Times("b", 152), "Gsm7", 306, 3 },
        { Times("á", 66) + "😀" + Times("á", 66), "Ucs2", 134, 3 },
        { "^{}\\[~]|€", "Gsm7", 18, 1 },
        { "", "Gsm7", 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void counts_as_the_network_does(string text, string encoding, int units, int parts) =>
        Assert.Equal(new SmsSize(Enum.Parse<SmsEncoding>(encoding), units, parts), SmsText.Count(text));

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
