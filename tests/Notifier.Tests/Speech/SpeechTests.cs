using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Ums.Notifier.Speech;

namespace Ums.Notifier.Tests.Speech;

public sealed class SpeechTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly SpeechOptions options = new();
    private readonly List<IDisposable> made = [];

    public void Dispose() => made.ForEach(one => one.Dispose());

    [Fact]
    public async Task what_is_said_is_a_whole_wav_file_with_silence_after_it()
    {
        var plain = await SayAsync(new Clip("sv", "Vattnet stängs av.", 0));
        var paused = await SayAsync(new Clip("sv", "Vattnet stängs av.", 1000));

        Assert.Equal(plain.Length - 8, BitConverter.ToInt32(plain, 4));
        Assert.Equal(plain.Length - 44, BitConverter.ToInt32(plain, 40));
        Assert.True(plain.Length > 20_000);
        Assert.Equal(plain.Length + BitConverter.ToInt32(plain, 28), paused.Length);
        Assert.All(paused[^BitConverter.ToInt32(plain, 28)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public async Task one_text_is_spoken_once_however_many_ask()
    {
        var script = Path.GetTempFileName();
        File.WriteAllText(script, $"echo x >> {script}.count; espeak-ng --stdin --stdout -v \"$1\"");
        options.Program = "sh";
        options.Arguments.AddRange([script, "{language}"]);
        var clips = Made(new Clips(Made(new Voice(Options.Create(options))), Options.Create(options), clock));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => clips.FileOfAsync(new Clip("sv", "Hej", 0), default)));
        await clips.FileOfAsync(new Clip("sv", "Hej", 0), default);
        await clips.FileOfAsync(new Clip("en", "Hej", 0), default);

        Assert.Equal(2, File.ReadAllLines($"{script}.count").Length);
        File.Delete($"{script}.count");
        File.Delete(script);
    }

    [Theory]
    [InlineData("no-such-program-anywhere")]
    [InlineData("false")]
    [InlineData("true")]
    [InlineData("echo")]
    public async Task a_voice_that_says_nothing_is_an_error_that_quotes_nothing(string program)
    {
        options.Program = program;

        var error = await Assert.ThrowsAsync<SpeechException>(() => SayAsync(new Clip("sv", "hemligt", 0)));

        Assert.DoesNotContain("hemligt", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task sound_that_nobody_asks_for_is_removed_and_made_again_when_somebody_does()
    {
        var clips = Made(new Clips(Made(new Voice(Options.Create(options))), Options.Create(options), clock));
        var file = await clips.FileOfAsync(new Clip("sv", "Hej", 0), default);
        Assert.Equal(0, clips.Sweep());

        clock.Advance(options.Keep + TimeSpan.FromMinutes(1));
        Assert.Equal(1, clips.Sweep());
        Assert.False(File.Exists(file.FullName));

        Assert.True(File.Exists((await clips.FileOfAsync(new Clip("sv", "Hej", 0), default)).FullName));
    }

    [Fact]
    public void an_address_holds_as_long_as_it_is_said_to_and_opens_to_what_was_put_in()
    {
        var addresses = new SpeechAddresses(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Keys:PersonalData"] = Convert.ToBase64String(new byte[32]), ["Tokens:Issuer"] = "https://www.example.se/",
            }).Build(), Options.Create(options), clock);
        var clip = new Clip("nb", "Vannet stenges, åäö 😀.", 700);

        var address = addresses.For(clip);

        Assert.StartsWith("https://www.example.se/speech/", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(clip, addresses.Read(address.Segments[^1]));
        clock.Advance(options.Validity - TimeSpan.FromSeconds(1));
        Assert.Equal(clip, addresses.Read(address.Segments[^1]));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(addresses.Read(address.Segments[^1]));
    }

    [Fact]
    public void digits_stand_alone_and_long_texts_are_cut_between_sentences_without_losing_a_word()
    {
        var sentence = string.Concat(Enumerable.Repeat("vatten och avlopp ", 8)).Trim() + ".";
        var text = string.Join(' ', Enumerable.Repeat(sentence, 9));

        List<Clip> clips =
        [
            .. Clip.Of("sv-SE", "4,", TimeSpan.FromSeconds(1)), .. Clip.Of("sv", "8.", default),
            .. Clip.Of("sv", text, TimeSpan.FromSeconds(2)), .. Clip.Of("sv", new string('å', 700), default),
        ];

        Assert.Equal(new Clip("sv", "4", 1000), clips[0]);
        Assert.Equal(new Clip("sv", "8", 0), clips[1]);
        Assert.All(clips, clip => Assert.InRange(clip.Text.Length, 1, 300));
        Assert.All(clips.Skip(2).SkipLast(3), clip => Assert.EndsWith(".", clip.Text, StringComparison.Ordinal));
        Assert.Equal(2000, clips[^4].PauseMilliseconds);
        Assert.Equal(text, string.Join(' ', clips.Skip(2).SkipLast(3).Select(clip => clip.Text)));
        Assert.Equal(700, clips.TakeLast(3).Sum(clip => clip.Text.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RIFF")]
    [InlineData("RIFF....WAVEfmt ................................data")]
    [InlineData("ID3.............................................................")]
    public void what_is_no_wav_file_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => Wav.Mend(System.Text.Encoding.ASCII.GetBytes(text), TimeSpan.Zero));

    private async Task<byte[]> SayAsync(Clip clip) => await Made(new Voice(Options.Create(options))).SayAsync(clip);

    private T Made<T>(T one) where T : IDisposable
    {
        made.Add(one);
        return one;
    }
}
