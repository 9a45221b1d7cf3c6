using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Ums.Notifier.Speech;
using Ums.ProviderDoubles.Ledger;

namespace Ums.Notifier.Tests.Providers;

/// <summary>A PIN that 46elks says on the telephone: what is played, who may fetch it, and what its addresses give away.</summary>
public class FortySixElksCallTests(FortySixElksCallFixture notifier) : IClassFixture<FortySixElksCallFixture>
{
    private const string Pin = "482913";

    [Fact]
    public async Task a_pin_is_played_digit_by_digit_twice_and_the_end_of_the_call_settles_it()
    {
        var (request, call) = await CallAsync("accepted");

        await notifier.Elks.Reporter.NowAsync(call);
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
        notifier.Elks.Reporter.States = ["delivered"];
        await notifier.Elks.Reporter.NowAsync(call);

        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
        var heard = notifier.Elks.Reporter.Heard.Where(sound => sound.To == call.To).Select(sound => sound.Sound).ToList();
        var digits = heard.Skip(2).Take(6).ToList();
        Assert.Equal(16, heard.Count);
        Assert.Equal(await SoundsAsync(Pin), digits);
        Assert.Equal(digits, heard.Skip(9).Take(6));
        Assert.NotEqual(digits[0], digits[1]);
    }

    [Theory]
    [InlineData("failed", "failed")]
    [InlineData("sent", "accepted")]
    public async Task a_call_that_nobody_answers_plays_nothing(string reported, string state)
    {
        var (request, call) = await CallAsync("accepted");

        await notifier.Elks.Reporter.ReportAsync(call, reported);

        Assert.Equal(state, await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task no_address_of_a_call_tells_the_pin_and_no_file_holds_it()
    {
        var (_, call) = await CallAsync("accepted");
        var (_, another) = await CallAsync("accepted");

        var addresses = Addresses(call).Concat(Addresses(another)).ToList();

        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        // All digits look alike: neither the address nor its length tells which it is.
        Assert.Single(Addresses(call).Skip(2).Take(6).Select(address => address.Length).Distinct());
        Assert.DoesNotContain(addresses, address => address.Contains(Pin, StringComparison.Ordinal));
        var words = Addresses(call).Select(address => Services<SpeechAddresses>().Read(address.Split('/')[^1])!.Text);
        Assert.DoesNotContain(words, text => text.Contains(Pin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task an_address_that_was_altered_or_invented_or_has_expired_gives_nothing()
    {
        var token = Services<SpeechAddresses>().For(Clip.Digit("sv", 4, 1200)).Segments[^1];
        Assert.Equal(200, await FetchAsync(token));

        for (var i = 0; i < token.Length; i++)
        {
            var altered = new StringBuilder(token) { [i] = token[i] == 'A' ? 'Z' : 'A' }.ToString();
            Assert.Equal(i == token.Length - 1 ? await FetchAsync(altered) : 404, await FetchAsync(altered));
        }
        foreach (var invented in new[] { "4.wav", "A", "..%2f..%2fetc%2fpasswd", new string('A', 3000), Convert.ToBase64String(new byte[64]).Replace('+', '-').Replace('/', '_') })
        {
            Assert.Equal(404, await FetchAsync(invented));
        }
    }

    [Fact]
    public async Task the_number_shown_is_the_organisations_own()
    {
        var (_, call) = await CallAsync("accepted");

        Assert.Equal("+46846500400", call.From);
    }

    private async Task<(Ums.Messages.Events.PinRequested Request, LedgerEntry Call)> CallAsync(string state)
    {
        notifier.Elks.Reporter.States = [];
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, Pin, "voice");
        using var answer = await notifier.HandOverAsync(request);
        await notifier.BecomesAsync(request.DeliveryId, state);
        return (request, notifier.Elks.SentTo(phone)[^1]);
    }

    private static List<string> Addresses(LedgerEntry call)
    {
        var addresses = new List<string>();
        for (var action = JsonNode.Parse(call.Text); action is JsonObject; action = action["next"])
        {
            addresses.Add((string)action["play"]!);
        }
        return addresses;
    }

    private async Task<List<byte[]>> SoundsAsync(string pin)
    {
        var sounds = new List<byte[]>();
        foreach (var (digit, i) in pin.Select((digit, i) => (digit - '0', i)))
        {
            var file = await Services<Clips>().FileOfAsync(Clip.Digit("sv", digit, i < pin.Length - 1 ? 1200 : 800), default);
            sounds.Add(await File.ReadAllBytesAsync(file.FullName));
        }
        return sounds;
    }

    private async Task<int> FetchAsync(string token)
    {
        using var answer = await notifier.Client.GetAsync($"/speech/{token}");
        return (int)answer.StatusCode;
    }

    private T Services<T>() where T : notnull => notifier.Services.GetRequiredService<T>();
}
