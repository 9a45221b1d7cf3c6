using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ums.Notifier.Speech;

/// <summary>The program that turns text into sound.</summary>
internal sealed class Voice(IOptions<SpeechOptions> options) : IDisposable
{
    /// <summary>More at once would take the processor from those who send.</summary>
    private readonly SemaphoreSlim places = new(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Tells one voice from another.</summary>
    public string Name { get; } = string.Join(' ', options.Value.ArgumentsFor("{language}").Prepend(options.Value.Program));

    /// <summary>Whether the program is installed.</summary>
    public bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, options.Value.Program)));

    /// <exception cref="SpeechException">The program is not there, fails, or writes no sound.</exception>
    public async Task<byte[]> SayAsync(Clip clip)
    {
        using var patience = new CancellationTokenSource(Patience);
        await places.WaitAsync(patience.Token);
        try
        {
            return Wav.Mend(await RunAsync(clip, patience.Token), TimeSpan.FromMilliseconds(clip.PauseMilliseconds));
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidDataException or OperationCanceledException)
        {
            throw new SpeechException(e.GetType().Name);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<byte[]> RunAsync(Clip clip, CancellationToken cancellationToken)
    {
        // The words go in by standard input: a command line can be read by everyone on the machine.
        using var program = Process.Start(new ProcessStartInfo(options.Value.Program, options.Value.ArgumentsFor(clip.Language))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        })!;
        try
        {
            using var sound = new MemoryStream();
            var reading = program.StandardOutput.BaseStream.CopyToAsync(sound, cancellationToken);
            await program.StandardInput.WriteAsync(clip.Text.AsMemory(), cancellationToken);
            program.StandardInput.Close();
            await reading;
            await program.WaitForExitAsync(cancellationToken);
            return program.ExitCode == 0 ? sound.ToArray() : throw new InvalidDataException("The program failed.");
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>Nothing can be said.</summary>
/// <param name="reason">Never a text that was to be said.</param>
internal sealed class SpeechException(string reason) : Exception($"No speech: {reason}.");
