using System.ComponentModel.DataAnnotations;

namespace Ums.Geocoding.Import;

/// <summary>Section <c>Import</c> of the configuration.</summary>
internal sealed class ImportOptions
{
    /// <summary>Where files lie that the operator route received, until they are read, and what an archive must be unpacked to. A restarted service goes on
    /// with what it finds here, so it outlives the process.</summary>
    [Required]
    public string Directory { get; set; } = Path.Combine(Path.GetTempPath(), "ums-imports");

    /// <summary>The largest body that the operator route takes.</summary>
    [Range(1, 16L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How much may come out of the archives of one import.</summary>
    [Range(1, 1024L * 1024 * 1024 * 1024)]
    public long MaxUnpackedBytes { get; set; } = 16L * 1024 * 1024 * 1024;

    /// <summary>By how many times a file in an archive may grow.</summary>
    [Range(1, 2000)]
    public int MaxRatio { get; set; } = 100;

    /// <summary>Rows that are committed at a time with their place in the file: what a killed import reads again at most.</summary>
    [Range(1, 1_000_000)]
    public int ChunkRows { get; set; } = 20_000;

    /// <summary>Imports of a source whose lists of refused rows are kept.</summary>
    [Range(1, 1000)]
    public int KeptReports { get; set; } = 5;
}
