using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Ums.Notifier.Speech;

/// <summary>Sound that has been made, kept as files: a million calls with one text speak it once.</summary>
internal sealed class Clips : IDisposable
{
    private static readonly TimeSpan LongestSaying = TimeSpan.FromSeconds(5);

    private readonly Voice voice;
    private readonly TimeProvider clock;
    private readonly TimeSpan keep;
    private readonly DirectoryInfo folder;
    private readonly bool isOurs;
    private readonly ConcurrentDictionary<string, Task<FileInfo>> making = new();

    public Clips(Voice voice, IOptions<SpeechOptions> options, TimeProvider clock)
    {
        (this.voice, this.clock, keep, isOurs) = (voice, clock, options.Value.Keep, options.Value.Folder is null);
        folder = options.Value.Folder is { } path
            ? Directory.CreateDirectory(path)
            : Directory.CreateTempSubdirectory("ums-speech-");
    }

    /// <exception cref="SpeechException">It cannot be said.</exception>
    public async Task<FileInfo> FileOfAsync(Clip clip, CancellationToken cancellationToken)
    {
        var key = clip.Key(voice.Name);
        var file = new FileInfo(Path.Combine(folder.FullName, key + ".wav"));
        if (file.Exists)
        {
            if (clock.GetUtcNow() - file.LastWriteTimeUtc > keep / 4)
            {
                file.LastWriteTimeUtc = clock.GetUtcNow().UtcDateTime;
            }
            return file;
        }
        // Whoever asks while it is being made waits for the same; one who gives up leaves it to the others.
        return await making.GetOrAdd(key, _ => MakeAsync(key, clip, file)).WaitAsync(cancellationToken);
    }

    /// <summary>Everything that a call says, one after the other, in one WAV file that is kept nowhere.</summary>
    /// <exception cref="SpeechException">It cannot be said.</exception>
    public async Task<byte[]> WholeAsync(IEnumerable<Clip> clips, CancellationToken cancellationToken)
    {
        var sounds = new List<byte[]>();
        foreach (var clip in clips)
        {
            sounds.Add(await File.ReadAllBytesAsync((await FileOfAsync(clip, cancellationToken)).FullName, cancellationToken));
        }
        return Wav.Join(sounds);
    }

    /// <summary>Removes what nobody has asked for lately: a message's text is not to outlive its use.</summary>
    public int Sweep()
    {
        var old = folder.GetFiles().Where(file => clock.GetUtcNow() - file.LastWriteTimeUtc > keep).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }

    public void Dispose()
    {
        if (isOurs)
        {
            // What is being written this moment would be left behind, and the folder with it.
            Task.WhenAny(Task.WhenAll(making.Values), Task.Delay(LongestSaying)).Wait();
            folder.Delete(recursive: true);
        }
    }

    private async Task<FileInfo> MakeAsync(string key, Clip clip, FileInfo file)
    {
        await Task.Yield();
        try
        {
            var sound = await voice.SayAsync(clip);
            var part = $"{file.FullName}.{Guid.NewGuid():n}";
            await File.WriteAllBytesAsync(part, sound);
            // Under its name it is whole, whoever looks.
            File.Move(part, file.FullName, overwrite: true);
            return new FileInfo(file.FullName);
        }
        finally
        {
            making.TryRemove(key, out _);
        }
    }
}
