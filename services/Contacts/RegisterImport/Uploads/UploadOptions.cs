using System.ComponentModel.DataAnnotations;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Section <c>RegisterImport</c> of the configuration.</summary>
internal sealed class UploadOptions
{
    /// <summary>The largest file that is taken, as it comes.</summary>
    [Range(1, 4L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The most that a packed file may unpack to.</summary>
    [Range(1, 64L * 1024 * 1024 * 1024)]
    public long MaxUnpackedBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>By how many times a packed file may grow.</summary>
    [Range(1, 2000)]
    public int MaxRatio { get; set; } = 100;

    /// <summary>The most rows of one register.</summary>
    [Range(1, 50_000_000)]
    public int MaxRows { get; set; } = 5_000_000;

    /// <summary>Rows that are staged at a time: what a killed import matches again at most.</summary>
    [Range(1, 50_000)]
    public int ChunkRows { get; set; } = 2000;

    /// <summary>Chunks that are matched at once.</summary>
    [Range(1, 32)]
    public int ChunksInFlight { get; set; } = 3;

    /// <summary>The share of an organisation's people that an import may remove without being told so in so many words.</summary>
    [Range(0.0, 1.0)]
    public double GoneWithoutAsking { get; set; } = 0.1;

    /// <summary>For how long a merged import can be rolled back.</summary>
    [Range(0, 365)]
    public int UndoDays { get; set; } = 14;
}
