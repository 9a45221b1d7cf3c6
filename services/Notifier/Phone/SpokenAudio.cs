using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace Ums.Notifier.Phone;

/// <summary>Lets the page play a call, where espeak-ng is installed. Audio holds the PIN, so it lives in memory only, and briefly.</summary>
internal sealed class SpokenAudio : IDisposable
{
    private const string WordsPerMinute = "135";
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(2);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 20 });

    private readonly string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "espeak-ng")).FirstOrDefault(File.Exists);

    public bool Available => program is not null;

    /// <returns>A WAV file.</returns>
    public async Task<byte[]> OfAsync(PhoneMessage message, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(message.Id, out byte[]? known))
        {
            return known!;
        }
        var audio = await SpeakAsync(message, cancellationToken);
        return cache.Set(message.Id, audio, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Keep });
    }

    public void Dispose() => cache.Dispose();

    private async Task<byte[]> SpeakAsync(PhoneMessage message, CancellationToken cancellationToken)
    {
        // The words go in by standard input: a command line can be read by everyone on the machine.
        var start = new ProcessStartInfo(program!, ["-m", "-v", message.Language, "-s", WordsPerMinute, "--stdin", "--stdout"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var espeak = Process.Start(start) ?? throw new InvalidOperationException("espeak-ng did not start.");
        using var audio = new MemoryStream();
        var reading = espeak.StandardOutput.BaseStream.CopyToAsync(audio, cancellationToken);
        await espeak.StandardInput.WriteAsync(Markup(message).AsMemory(), cancellationToken);
        espeak.StandardInput.Close();
        await reading;
        await espeak.WaitForExitAsync(cancellationToken);
        return audio.ToArray();
    }

    private static string Markup(PhoneMessage message)
    {
        var speech = new StringBuilder("<speak>");
        foreach (var phrase in message.Phrases)
        {
            speech.Append(SecurityElement.Escape(phrase.Text)).Append(CultureInfo.InvariantCulture, $"<break time=\"{phrase.PauseMilliseconds}ms\"/>");
        }
        return speech.Append("</speak>").ToString();
    }
}
