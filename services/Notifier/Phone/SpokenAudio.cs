using Ums.Notifier.Speech;

namespace Ums.Notifier.Phone;

/// <summary>Lets the page play a call, where there is a voice. The whole holds the PIN, so it is put together anew each time and kept nowhere.</summary>
internal sealed class SpokenAudio(Voice voice, Clips clips)
{
    public bool Available => voice.IsThere;

    /// <returns>A WAV file.</returns>
    /// <exception cref="SpeechException">It cannot be said.</exception>
    public Task<byte[]> OfAsync(PhoneMessage message, CancellationToken cancellationToken) => clips.WholeAsync(
        message.Phrases.SelectMany(phrase => Clip.Of(phrase.Language ?? message.Language, phrase.Text, TimeSpan.FromMilliseconds(phrase.PauseMilliseconds))), cancellationToken);
}
