using System.IO.Compression;
using System.Text;
using Ums.Geocoding.Import;
using Ums.Geocoding.Import.Formats;
using Xunit;
using static Ums.Geocoding.Tests.Import.ImportFixture;

namespace Ums.Geocoding.Tests.Import;

/// <summary>Files that are broken or meant to break something. Each is refused in words, and what was there stays.</summary>
public sealed class HostileFilesTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    private static readonly string Good = Csv(Row("g1"), Row("g2", number: "2"));

    public static TheoryData<string, string, byte[]> Whole => new()
    {
        { "csv", "is empty", [] },
        { "csv", "is empty", [0xEF, 0xBB, 0xBF] },
        { "csv", "the header lacks address_id, street", Encoding.UTF8.GetBytes(Row("no header")) },
        { "csv", "the header lacks place", Encoding.UTF8.GetBytes(Good.Replace(",place,", ",plats,", StringComparison.Ordinal)) },
        { "csv", "has the column street twice", Encoding.UTF8.GetBytes(Good.Replace(",place,", ",Street,", StringComparison.Ordinal)) },
        { "csv", "the first line is no header", Encoding.UTF8.GetBytes("\"address_id,street\n") },
        { "csv", "the first line is no header", Encoding.UTF8.GetBytes(new string(',', 100_000)) },
        { "csv", "Not one row could be taken", Encoding.UTF8.GetBytes(OwnCsv.Header) },
        { "csv", "Not one row could be taken", Encoding.UTF8.GetBytes(Csv(Row("n", latitude: "NaN"))) },
        { "csv", "the header lacks", [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8] },
        { "kartverket", "the header lacks lokalid", Encoding.UTF8.GetBytes(Good) },
        { "openaddresses", "is empty", "\n \n"u8.ToArray() },
        { "openaddresses", "the header lacks lon", Encoding.UTF8.GetBytes(Good) },
        { "openaddresses", "Not one row could be taken", "{\"type\":\"FeatureCollection\"}"u8.ToArray() },
        { "lantmateriet", "is no GeoPackage", Encoding.UTF8.GetBytes(Good) },
        { "lantmateriet", "is no GeoPackage", [] },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task a_file_that_is_not_what_it_should_be_is_refused_as_a_whole(string format, string reason, byte[] bytes)
    {
        await geocoding.ImportAsync("whole", "csv", geocoding.File("good.csv", Good));
        Assert.Contains(reason, await geocoding.RefusedWholeAsync("whole", format, new ImportOptions(), geocoding.File("a.csv", bytes)), StringComparison.Ordinal);
        Assert.Equal(2, await geocoding.CountAsync("whole"));
    }

    [Fact]
    public async Task one_bad_file_among_many_is_all_of_them()
    {
        var reason = await geocoding.RefusedWholeAsync("among", "csv", new ImportOptions(), geocoding.File("a.csv", Good), geocoding.File("b.csv", "no header"));
        Assert.Contains("b.csv", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("é, latin-1", true)]
    [InlineData("utf-16", false)]
    public async Task other_encodings_are_read(string name, bool latin)
    {
        var text = Csv(Row($"enc-{latin}", "Åsögatan"));
        var file = geocoding.File($"{name}.csv", latin ? Encoding.Latin1.GetBytes(text) : [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]);
        await geocoding.ImportAsync($"encoding-{(latin ? 1 : 2)}", "csv", file);
        Assert.Equal("Åsögatan", await geocoding.QueryAsync<string>("select street from addresses where id = $1", $"enc-{latin}"));
    }

    [Fact]
    public async Task a_zip_is_read_as_it_is_whatever_its_names()
    {
        var zip = Zip(("../../../../tmp/ums-escaped.csv", Encoding.UTF8.GetBytes(Csv(Row("z1")))), ("/etc/b\n.csv", Encoding.UTF8.GetBytes(Csv(Row("z2")))), ("readme.pdf", [1, 2]));
        var result = await geocoding.ImportAsync("zip", "csv", geocoding.File("a.zip", zip));
        Assert.Equal(2, result.Added);
        Assert.False(File.Exists("/tmp/ums-escaped.csv"));
    }

    [Fact]
    public async Task a_gz_is_read_as_it_is()
    {
        using var packed = new MemoryStream();
        using (var gz = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gz.Write(Encoding.UTF8.GetBytes(Csv(Row("gz1"))));
        }
        Assert.Equal(1, (await geocoding.ImportAsync("gz", "csv", geocoding.File("a.csv.gz", packed.ToArray()))).Added);
        var half = packed.ToArray()[..^12];
        Assert.Contains("damaged", await geocoding.RefusedWholeAsync("gz", "csv", new ImportOptions(), geocoding.File("b.csv.gz", half)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unpacks to more than 100 times its size", 100, 1L << 40)]
    [InlineData("unpack to more than 20 MiB", 2000, 20L << 20)]
    public async Task a_zip_bomb_is_stopped_while_it_unpacks(string reason, int ratio, long most)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(OwnCsv.Header + "\n"));
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                entry.Write(zeros);
            }
        }
        Assert.Contains(reason, await geocoding.RefusedWholeAsync(
            "bomb", "csv", new ImportOptions { MaxRatio = ratio, MaxUnpackedBytes = most }, geocoding.File("a.zip", packed.ToArray())), StringComparison.Ordinal);
        // As a GeoPackage it must go to the disk, and is stopped on its way there just so.
        Assert.Contains(reason, await geocoding.RefusedWholeAsync(
            "bomb", "lantmateriet", new ImportOptions { MaxRatio = ratio, MaxUnpackedBytes = most }, geocoding.File("a.zip", packed.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_archive_in_an_archive_is_not_unpacked()
    {
        var inner = Zip(("a.csv", Encoding.UTF8.GetBytes(Good)));
        Assert.Contains("holds another archive", await geocoding.RefusedWholeAsync("nested", "csv", new ImportOptions(), geocoding.File("a.zip", Zip(("b.zip", inner)))), StringComparison.Ordinal);
        Assert.Contains("a.zip/b.csv: the first line is no header", await geocoding.RefusedWholeAsync("nested", "csv", new ImportOptions(), geocoding.File("a.zip", Zip(("b.csv", inner)))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_damaged_or_empty_zip_is_refused()
    {
        var zip = Zip(("a.csv", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => Row($"{i * 7919}"))))));
        Assert.Contains("damaged", await geocoding.RefusedWholeAsync("damaged", "csv", new ImportOptions(), geocoding.File("a.zip", zip[..^100])), StringComparison.Ordinal);
        Assert.Contains("There is no file with addresses", await geocoding.RefusedWholeAsync("damaged", "csv", new ImportOptions(), geocoding.File("a.zip", Zip(("readme.md", [1])))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task numbers_that_are_none_are_refused_row_by_row()
    {
        var result = await geocoding.ImportAsync("numbers", "csv", geocoding.File("a.csv", Csv(
            Row("n0"), Row("n1", latitude: "NaN"), Row("n2", latitude: "Infinity"), Row("n3", latitude: "1e999"), Row("n4", latitude: ""), Row("n5", latitude: "59°"), Row("n6", latitude: "-59.31"))));
        Assert.Equal((7, 6, 1), (result.Rows, result.Refused, result.Added));
        Assert.Equal("not-a-number,not-a-number,not-a-number,missing,not-a-number,out-of-range",
            await geocoding.QueryAsync<string>("select string_agg(reason, ',' order by line) from import_refusals where import_id = $1", result.Id));
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }
        return packed.ToArray();
    }
}
