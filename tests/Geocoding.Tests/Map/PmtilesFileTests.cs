using Ums.Geocoding.Map;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

public sealed class PmtilesFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public static TheoryData<string, Func<byte[], byte[]>> BadFiles => new()
    {
        { "too short", _ => [] },
        { "too short", file => file[..126] },
        { "not a PMTiles file", file => [.. "SQLite format 3\0"u8, .. file[16..]] },
        { "not a PMTiles file", _ => new byte[4096] },
        { "version 2", file => With(file, 7, 2) },
        { "pictures", file => With(file, 99, 2) },
        { "compressed in a way", file => With(file, 97, 4) },
        { "cut off: its tiles", file => file[..^1] },
        { "cut off: its root directory", file => file[..130] },
        { "cut off", file => With(file, 15, 0xFF) },
        { "cut off", file => With(With(file, 63, 0xFF), 71, 0xFF) },
        { "root directory has no length", file => With(file, 16, 0) },
        { "root directory is damaged", file => With(file, 127, 0) },
    };

    [Fact]
    public void A_whole_file_is_without_fault()
    {
        File.WriteAllBytes(path, SmallBaseMap.Bytes());
        Assert.Null(PmtilesFile.Fault(path));
    }

    [Theory]
    [MemberData(nameof(BadFiles), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_with_a_file_is_said(string fault, Func<byte[], byte[]> spoil)
    {
        File.WriteAllBytes(path, spoil(SmallBaseMap.Bytes()));
        Assert.Contains(fault, PmtilesFile.Fault(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/file.pmtiles", "no such file")]
    [InlineData("/", "denied")]
    [InlineData("a\0b", "")]
    public void A_path_to_nothing_is_a_fault_too(string nothing, string fault) => Assert.Contains(fault, PmtilesFile.Fault(nothing), StringComparison.Ordinal);

    public void Dispose() => File.Delete(path);

    private static byte[] With(byte[] file, int at, byte value)
    {
        file[at] = value;
        return file;
    }
}
