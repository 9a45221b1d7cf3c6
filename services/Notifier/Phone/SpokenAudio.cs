using Ums.Notifier.Speech;

namespace Ums.Notifier.Phone;

/// <summary>Lets the page play a call, where there is a voice. The whole holds the PIN, so it is put together anew each time and kept nowhere.</summary>
internal sealed class SpokenAudio(Voice voice, Clips clips)
{
    public bool Available => voice.IsThere;

    /// <returns>A WAV file.</returns>
    /// <exception cref="SpeechException">It cannot be said.</exception>
    public async Task<byte[]> OfAsync(PhoneMessage message, CancellationToken cancellationToken)
    {
        var sounds = new List<byte[]>();
        foreach (var clip in message.Phrases.SelectMany(phrase => Clip.Of(message.Language, phrase.Text, TimeSpan.FromMilliseconds(phrase.PauseMilliseconds))))
        {
            sounds.Add(await File.ReadAllBytesAsync((await clips.FileOfAsync(clip, cancellationToken)).FullName, cancellationToken));
        }
        return Wav.Join(sounds);
    }
}
