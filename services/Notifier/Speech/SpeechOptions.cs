using System.ComponentModel.DataAnnotations;

namespace Ums.Notifier.Speech;

/// <summary>Section <c>Speech</c> of the configuration: the voice of calls by providers that play sound but speak no text.</summary>
internal sealed class SpeechOptions
{
    public const string Section = "Speech";

    /// <summary>Reads a text from its standard input and writes a WAV file of 16-bit PCM to its standard output.</summary>
    [Required]
    public string Program { get; set; } = "espeak-ng";

    /// <summary>What <see cref="Program"/> is started with; <c>{language}</c> stands for sv, en or nb. Empty for espeak-ng's own.</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>Where sound is kept for the next call. By default a folder of the process's own, which goes with it.</summary>
    public string? Folder { get; set; }

    /// <summary>What nobody has asked for so long is removed.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the address of a clip holds: a call may ring for a while and be tried again by its provider.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "24:00:00")]
    public TimeSpan Validity { get; set; } = TimeSpan.FromMinutes(30);

    public IReadOnlyList<string> ArgumentsFor(string language) =>
        (Arguments.Count > 0 ? Arguments : ["-v", "{language}", "-s", "135", "--stdin", "--stdout"]).ConvertAll(argument => argument.Replace("{language}", language, StringComparison.Ordinal));
}
