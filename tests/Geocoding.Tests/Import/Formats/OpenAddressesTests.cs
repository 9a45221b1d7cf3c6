using Xunit;

namespace Ums.Geocoding.Tests.Import.Formats;

public sealed class OpenAddressesTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    private const string Read = "select string_agg(concat_ws(' ', street, concat(number, letter), postcode, place, municipality_code), '|' order by street, number) from addresses where source = $1";

    [Fact]
    public async Task its_CSV_is_read_and_municipalities_are_known_by_name()
    {
        var result = await ImportAsync("oa-csv", """
            LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH
            18.07,59.31,12 B,Åsögatan,,STOCKHOLM,Stockholms kommun,,118 29,,aaaa000000000001
            21.48,65.32,5,Storgatan,,Öjebyn,Piteå,,94331,,aaaa000000000002
            10.74,59.91,22,Karl Johans gate,B,OSLO,,,0026,,aaaa000000000003
            18.07,59.31,7,Okänd gata,,Ingenstans,,,11829,,aaaa000000000004
            59.31,18.07,8,Åsögatan,,STOCKHOLM,,,11829,,aaaa000000000005
            """);
        Assert.Equal((5, 1), (result.Rows, result.Refused));
        Assert.Equal("Karl Johans gate 22B 0026 Oslo 0301|Okänd gata 7 11829 Ingenstans 0000|Storgatan 5 94331 Öjebyn 2581|Åsögatan 12B 11829 Stockholm 0180",
            await geocoding.QueryAsync<string>(Read, "oa-csv"));
    }

    [Fact]
    public async Task its_GeoJSON_is_read_line_by_line_and_a_broken_line_costs_itself()
    {
        var result = await ImportAsync("oa-json", """
            {"type":"Feature","properties":{"hash":"bbbb01","number":"12B","street":"Åsögatan","unit":"","city":"Stockholm","district":"","region":"","postcode":"11829","id":""},"geometry":{"type":"Point","coordinates":[18.07,59.31]}}
            {"type":"Feature","properties":{"hash":"bbbb02","number":14,"street":"Åsögatan","city":"Stockholm","postcode":"11829"},"geometry":{"type":"Point","coordinates":[18.07,59.31,12]}}
            {"type":"Feature","properties":{"hash":"bbbb03","number":"16","street":"Åsö
            {"type":"Feature","properties":{"hash":"bbbb04","number":"18","street":"\ud800","city":"Stockholm","postcode":"11829"},"geometry":{"type":"Point","coordinates":[18.07,59.31]}}
            {"type":"Feature","properties":{"hash":"bbbb05","number":"20","street":"Åsögatan","city":"Stockholm","postcode":"11829"},"geometry":null}
            {"type":"Feature","properties":{"hash":"bbbb06","number":"22","street":"Åsögatan","city":"Stockholm","postcode":"11829"},"geometry":{"type":"Point","coordinates":["18.07","59.31"]}}
            {"type":"Feature","properties":{"hash":"bbbb07","number":"24","street":"Åsögatan","city":"Stockholm","postcode":"11829"},"geometry":{"type":"Point","coordinates":[1e999,59.31]}}
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
            null
            """);
        Assert.Equal((9, 7), (result.Rows, result.Refused));
        Assert.Equal("Åsögatan 12B 11829 Stockholm 0180|Åsögatan 14 11829 Stockholm 0180", await geocoding.QueryAsync<string>(Read, "oa-json"));
        Assert.Equal("json,json,missing,geometry,not-a-number,json,json", await geocoding.QueryAsync<string>(
            "select string_agg(reason, ',' order by line) from import_refusals where import_id = $1", result.Id));
    }

    private Task<Ums.Geocoding.Import.ImportResult> ImportAsync(string source, string text) =>
        geocoding.ImportAsync(source, "openaddresses", geocoding.File("a", text));
}
