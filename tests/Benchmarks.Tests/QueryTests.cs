using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Geocoding.Country;
using Ums.Benchmarks.Geocoding.Judging;
using Ums.Benchmarks.Geocoding.Noise;

namespace Ums.Benchmarks.Tests;

public sealed class QueryTests : IDisposable
{
    private readonly string file = System.IO.Path.GetTempFileName();
    private readonly Dictionary<string, Row> rows;

    public QueryTests()
    {
        var made = MakeCountry.Rows(20_000, 2_000, seed: 3).ToList();
        rows = made.ToDictionary(row => row.Id);
        AddressFile.Write(file, made);
    }

    public void Dispose() => File.Delete(file);

    [Fact]
    public void every_kind_is_there_and_the_same_seed_asks_the_same()
    {
        var made = Make(seed: 5);
        Assert.Equal(EverydayKinds.All.Select(kind => kind.Name).Order(), made[0].Select(query => query.Kind).Distinct().Order());
        Assert.Equal(HardKinds.All.Select(kind => kind.Name).Order(), made[1].Select(query => query.Kind).Distinct().Order());
        Assert.Equal(22, EverydayKinds.All.Count);
        Assert.Equal(made, Make(seed: 5));
        Assert.NotEqual(made[0], Make(seed: 6)[0]);
    }

    [Fact]
    public void what_is_expected_is_there_and_nothing_is_expected_where_nothing_is()
    {
        foreach (var query in Make(seed: 5).SelectMany(set => set))
        {
            Assert.Equal(query.Kind.StartsWith("no_match", StringComparison.Ordinal), query.Expected.Length == 0);
            Assert.True(query.Expected.Length == 0 || rows.ContainsKey(query.Expected));
        }
    }

    [Fact]
    public void a_clean_query_is_one_address_and_no_other()
    {
        foreach (var query in Make(seed: 5)[0].Where(query => query.Kind == "clean"))
        {
            var same = rows.Values.Where(row => Same(row.Street, query.Street) && Same($"{row.Number}{row.Letter}", query.Number) && Same(row.Place, query.Place));
            Assert.Equal(query.Expected, Assert.Single(same, row => query.Postcode.Replace(" ", "", StringComparison.Ordinal).EndsWith(row.Postcode, StringComparison.Ordinal)).Id);
        }

        static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void a_typo_never_makes_another_street_of_the_place()
    {
        foreach (var query in Make(seed: 5)[0].Where(query => query.Kind is "one_typo" or "two_typos"))
        {
            var meant = rows[query.Expected];
            Assert.DoesNotContain(rows.Values, row => row.Place == meant.Place && row.Street != meant.Street && row.Number == meant.Number
                && row.Street.Equals(query.Street, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void queries_can_be_judged_after_they_were_written_and_read()
    {
        var queries = System.IO.Path.GetTempFileName();
        try
        {
            var made = Make(seed: 5).SelectMany(set => set).ToList();
            QueryFile.Write(queries, made);
            Assert.Equal(made, QueryFile.Read(queries));
            Assert.NotNull(Judge.Of(made, () => AddressFile.Read(file)));
        }
        finally
        {
            File.Delete(queries);
        }
    }

    [Theory]
    [InlineData("Björkgatan", "Björkv.", false)]
    [InlineData("Björkgatan", "Björkg.", true)]
    [InlineData("Sankt Eriksgatan", "S:t Eriksg", true)]
    public void a_short_form_means_what_it_may_stand_for(string name, string typed, bool may) => Assert.Equal(may, Abbreviations.Meanings(typed).Contains(name));

    [Theory]
    [InlineData("storgatan", "storgatan", 0)]
    [InlineData("storgatan", "stogratan", 1)]
    [InlineData("storgatan", "sstorgata", 2)]
    [InlineData("björkgatan", "bjorkgatan", 1)]
    public void edits_are_counted_as_slips_are_made(string left, string right, int edits) => Assert.Equal(edits, Fold.Edits(left, right));

    private IReadOnlyList<Query>[] Make(ulong seed) => MakeQueries.About(file, seed, (EverydayKinds.All, 220), (HardKinds.All, 190));
}
