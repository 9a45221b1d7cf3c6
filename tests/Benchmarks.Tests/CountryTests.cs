using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Geocoding.Country;

namespace Ums.Benchmarks.Tests;

public sealed class CountryTests
{
    private static readonly Row[] Rows = [.. MakeCountry.Rows(30_000, 3_000, seed: 7)];

    [Fact]
    public void there_are_exactly_as_many_addresses_as_asked_for()
    {
        Assert.Equal(30_000, Rows.Length);
        Assert.Equal(3_000, Rows.Count(row => row.Norwegian));
    }

    [Fact]
    public void the_same_seed_makes_the_same_country_and_another_another()
    {
        Assert.Equal(Rows, MakeCountry.Rows(30_000, 3_000, seed: 7));
        Assert.NotEqual(Rows, MakeCountry.Rows(30_000, 3_000, seed: 8));
    }

    [Fact]
    public void every_address_has_an_id_of_its_own() => Assert.Equal(Rows.Length, Rows.Select(row => row.Id).Distinct().Count());

    [Fact]
    public void property_keys_are_those_of_the_country()
    {
        Assert.All(Rows.Where(row => !row.Norwegian), row => Assert.True(row is { Fnr: > 0, Gnr: null, Bnr: null, Snr: null }));
        Assert.All(Rows.Where(row => row.Norwegian), row => Assert.True(row is { Gnr: > 0, Bnr: > 0, Fnr: >= 0, Snr: >= 0 }));
    }

    [Fact]
    public void it_lies_where_sweden_and_norway_do() => Assert.All(Rows, row => Assert.True(row is { Latitude: > 54 and < 72, Longitude: > 3 and < 32 }));

    [Fact]
    public void it_has_what_makes_swedish_addresses_hard()
    {
        Assert.Contains(Rows, row => row.Number is null);
        Assert.Contains(Rows, row => row.Number > 500);
        Assert.Contains(Rows, row => row.Letter is not null);
        Assert.Contains(Rows, row => row.Street.Contains(' ', StringComparison.Ordinal));
        Assert.Contains(Rows.GroupBy(row => row.Street), street => street.Select(row => row.Place).Distinct().Count() > 3);
    }

    [Fact]
    public void a_file_gives_back_what_was_written()
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            var odd = Rows[0] with { Street = "Torget, \"Stora\"", Place = "A,B" };
            AddressFile.Write(path, Rows.Append(odd));
            Assert.Equal(Rows.Append(odd), AddressFile.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("id,street\n")]
    [InlineData(AddressFile.Header + "\na,b,c\n")]
    [InlineData(AddressFile.Header + "\na,b,1,,11111,c,0180,59,18,,,,,more\n")]
    [InlineData(AddressFile.Header + "\na,b,one,,11111,c,0180,59,18,,,,\n")]
    public void a_file_of_another_kind_is_refused(string text)
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Throws<FormatException>(() => AddressFile.Read(path).ToList());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
