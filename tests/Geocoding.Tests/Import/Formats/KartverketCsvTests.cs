using Xunit;

namespace Ums.Geocoding.Tests.Import.Formats;

public sealed class KartverketCsvTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    private const string Header = "lokalid;kommunenummer;kommunenavn;adressetype;adressetilleggsnavn;adressetilleggsnavnKilde;adressekode;adressenavn;nummer;bokstav;gardsnummer;"
        + "bruksnummer;festenummer;undernummer;adresseTekst;adresseTekstUtenAdressetilleggsnavn;EPSG-kode;Nord;Øst;postnummer;poststed;oppdateringsdato;uuidAdresse";

    [Fact]
    public async Task streets_and_properties_are_read_in_every_system_and_festenummer_is_the_FNR()
    {
        var result = await ImportAsync("kv",
            "101;0301;OSLO;vegadresse;;;1001;Karl Johans gate;22;B;208;595;7;2;Karl Johans gate 22B;Karl Johans gate 22B;25833;6649250,5;262050,1;0026;OSLO;;",
            "102;1833;RANA;matrikkeladresse;Nordstua;;;;;;12;3;0;;12/3;12/3;4258;66.3127;14.1428;8622;MO I RANA;;",
            "103;1833;RANA;matrikkeladresse;;;;;;;12;4;0;;12/4;12/4;4326;66.3128;14.1429;8622;MO I RANA;;",
            "104;0301;OSLO;vegadresse;;;1001;Karl Johans gate;24;;208;595;0;;;;3857;6649250;262050;0026;OSLO;;",
            "105;0301;OSLO;vegadresse;;;1001;Karl Johans gate;26;;208;595;0;;;;25833;262050;6649250;0026;OSLO;;",
            "106;0301;OSLO;vegadresse;;;1001;Karl Johans gate;28;;208;595;0;;;;25832;6642800;597600;0026;OSLO;;");
        Assert.Equal((6, 2), (result.Rows, result.Refused));
        Assert.Equal("101 Karl Johans gate 22B 0026 Oslo 0301 208/595/7/|102 Nordstua  8622 Mo i Rana 1833 12/3/0/|103 12/4  8622 Mo i Rana 1833 12/4/0/|106 Karl Johans gate 28 0026 Oslo 0301 208/595/0/",
            await geocoding.QueryAsync<string>("""
                select string_agg(concat(id, ' ', street, ' ', number, letter, ' ', postcode, ' ', place, ' ', municipality_code, ' ', gnr, '/', bnr, '/', fnr, '/', snr), '|' order by id)
                from addresses where source = 'kv'
                """));
        Assert.Equal("5 unknown-system|6 swapped-axes", await geocoding.QueryAsync<string>(
            "select string_agg(line || ' ' || reason, '|' order by line) from import_refusals where import_id = $1", result.Id));
        // Zones 32 and 33 put the same street in the same place.
        Assert.InRange(await geocoding.QueryAsync<double>("select st_distance(a.position::geography, b.position::geography) from addresses a, addresses b where a.id = '101' and b.id = '106'"), 0, 1500);
    }

    private Task<Ums.Geocoding.Import.ImportResult> ImportAsync(string source, params string[] rows) =>
        geocoding.ImportAsync(source, "kartverket", geocoding.File("a.csv", string.Join("\r\n", rows.Prepend(Header))));
}
