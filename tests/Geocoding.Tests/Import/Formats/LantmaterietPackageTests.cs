using System.IO.Compression;
using Ums.Geocoding.Import;
using Xunit;

namespace Ums.Geocoding.Tests.Import.Formats;

public sealed class LantmaterietPackageTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    [Fact]
    public async Task streets_farms_and_villages_are_read_and_what_is_not_in_force_is_refused()
    {
        var result = await ImportAsync("lm", TestPackage.Make(
            new("lm1", Street: "Åsögatan", Number: "12", Letter: "B"),
            new("lm2", Street: "Ambjörby", Farm: "Väststugan", Number: "1"),
            new("lm3", Street: "Norrby", Number: null),
            new("lm4", Street: "Åsögatan", Number: "14", Status: "Reserverad"),
            new("lm5", Street: "Åsögatan", Number: "16", Postcode: 0),
            new("lm6", Street: "Åsögatan", Number: "18", Geometry: TestPackage.MultiPoint(674032, 6580822)),
            new("lm7", Street: "Åsögatan", Number: "20", Geometry: [1, 2, 3]),
            new("lm8", Street: "Åsögatan", Number: "22", Geometry: TestPackage.Point(6580822, 674032))));
        Assert.Equal((8, 4, 4), (result.Rows, result.Refused, result.Added));
        Assert.Equal("Ambjörby Väststugan 1|Norrby |Åsögatan 12B|Åsögatan 18", await geocoding.QueryAsync<string>(
            "select string_agg(concat(street, ' ', number, letter), '|' order by street, number) from addresses where source = 'lm'"));
        Assert.Equal("4 row not-in-force|5 postcode no-postcode|7 latitude geometry|8 latitude swapped-axes", await geocoding.QueryAsync<string>(
            "select string_agg(concat_ws(' ', line, field, reason), '|' order by line) from import_refusals where import_id = $1", result.Id));
        Assert.Equal("59.3302 18.0592 0180 11829 Stockholm", await geocoding.QueryAsync<string>(
            "select concat_ws(' ', round(latitude::numeric, 4), round(longitude::numeric, 4), municipality_code, postcode, place) from addresses where id = 'lm6'"));
    }

    [Fact]
    public async Task a_municipality_a_file_zipped_is_one_import()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var municipality in (string[])["0180", "2581"])
            {
                using var entry = zip.CreateEntry($"../belagenhetsadresser_kn{municipality}.gpkg").Open();
                entry.Write(TestPackage.Make(new TestPackage.Row($"zipped-{municipality}", Municipality: municipality)));
            }
        }
        var result = await geocoding.ImportAsync("lm-zip", "lantmateriet", geocoding.File("a.zip", packed.ToArray()));
        Assert.Equal((2, 0), (result.Added, result.Refused));
    }

    [Fact]
    public async Task an_import_of_a_GeoPackage_goes_on_too()
    {
        var file = geocoding.File("a.gpkg", TestPackage.Make([.. Enumerable.Range(1, 500).Select(i => new TestPackage.Row($"resumed-{i}", Number: $"{i}"))]));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            geocoding.ImportAsync("lm-resumed", "lantmateriet", new ImportOptions { ChunkRows = 100 }, [file], _ => stop.Cancel(), stop.Token));
        var result = await geocoding.ImportAsync("lm-resumed", "lantmateriet", file);
        Assert.True(result.Resumed);
        Assert.Equal((500, 500, 0), (result.Rows, result.Added, result.Refused));
    }

    public static TheoryData<string, string> Schemas => new()
    {
        { "gpkg_contents is not a plain table", "drop table gpkg_contents" },
        { "gpkg_geometry_columns is not a plain table", "drop table gpkg_geometry_columns" },
        { "has no layer of Belägenhetsadress", "update gpkg_contents set data_type = 'attributes'" },
        { "lacks postnummer", "alter table belagenhetsadress rename column postnummer to pnr" },
        { "lacks the column belagenhetsadress_objektidentitet", "alter table belagenhetsadress rename column objektidentitet to id" },
        { "belagenhetsadress is not a plain table", "alter table belagenhetsadress rename to t; create view belagenhetsadress as select * from t" },
        { "belagenhetsadress is not a plain table", "drop table belagenhetsadress; create virtual table belagenhetsadress using fts5(postnummer)" },
        { "gpkg_contents is not a plain table", """
            alter table gpkg_contents rename to c;
            create view gpkg_contents as with recursive endless(n) as (select 1 union all select n + 1 from endless) select table_name, data_type from c, endless
            """ },
        { "lacks postort", "alter table belagenhetsadress drop column postort; alter table belagenhetsadress add column postort text as (hex(zeroblob(100000000))) virtual" },
        { "damaged or no GeoPackage", "pragma writable_schema = on; update sqlite_schema set sql = 'create table belagenhetsadress (' where name = 'belagenhetsadress'" },
        { "Not one row could be taken", "create trigger sneaky after insert on belagenhetsadress begin delete from gpkg_contents; end; delete from belagenhetsadress" },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task a_schema_that_is_wrong_or_wicked_is_refused(string reason, string sql) =>
        Assert.Contains(reason, await RefusedAsync(TestPackage.Spoilt(sql, new TestPackage.Row("wicked"))), StringComparison.Ordinal);

    [Fact]
    public async Task a_database_that_is_no_GeoPackage_is_refused() =>
        Assert.Contains("is no GeoPackage", await RefusedAsync(TestPackage.Database("create table t (x)")), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.98)]
    public async Task a_file_that_breaks_off_is_refused(double kept)
    {
        var whole = TestPackage.Make([.. Enumerable.Range(1, 3000).Select(i => new TestPackage.Row($"half-{i}", Number: $"{i}"))]);
        Assert.Contains("damaged or no GeoPackage", await RefusedAsync(whole[..(int)(whole.Length * kept)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_file_itself_is_not_touched()
    {
        var bytes = TestPackage.Make(new TestPackage.Row("untouched"));
        var file = geocoding.File("a%20b?c#d.gpkg", bytes);
        await geocoding.ImportAsync("lm-untouched", "lantmateriet", file);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    private Task<ImportResult> ImportAsync(string source, byte[] package) => geocoding.ImportAsync(source, "lantmateriet", geocoding.File("a.gpkg", package));

    private Task<string> RefusedAsync(byte[] package) => geocoding.RefusedWholeAsync("lm-refused", "lantmateriet", new ImportOptions(), geocoding.File("a.gpkg", package));
}
