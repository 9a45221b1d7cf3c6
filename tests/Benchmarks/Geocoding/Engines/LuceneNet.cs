using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>
/// Lucene.Net as one who knows it would do it: a document per street, its name sought exactly, with up to two letters wrong (FuzzyQuery), by its beginning, and by
/// its trigrams when none of these find it in the right area; postcode and place add to the score. House numbers are in a dictionary beside it.
/// </summary>
internal sealed class LuceneNet : IEngine
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;
    private const int Streets = 40;

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("ums-lucene-").FullName;
    private PeerHouse[][] houses = [];
    private MMapDirectory? directory;
    private DirectoryReader? reader;
    private IndexSearcher? searcher;

    public string Name => "lucene";

    public double MegabytesElsewhere => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / 1e6;

    public Task LoadAsync(string addresses, Action<string> progress)
    {
        var streets = PeerStreet.Read(addresses);
        houses = [.. streets.Select(street => street.Houses.ToArray())];
        directory = new MMapDirectory(folder);
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(Version, null) { Similarity = new Flat(), RAMBufferSizeMB = 128 }))
        {
            for (var i = 0; i < streets.Count; i++)
            {
                writer.AddDocument(Document(i, streets[i]));
            }

            writer.ForceMerge(1);
        }

        reader = DirectoryReader.Open(directory);
        searcher = new IndexSearcher(reader) { Similarity = new Flat() };
        return Task.CompletedTask;
    }

    public Answer Search(Query query)
    {
        var read = PeerReading.Of(query);
        var found = Run(read, byTrigrams: false);
        // Two letters wrong, everything else right: less than that, and the name is worth looking for by its parts.
        if (found.Length == 0 || found[0].Score < 4 + (read.Postcode is null ? 0 : 0.7) + (read.Place.Length == 0 ? 0 : 0.7))
        {
            found = [.. found.Concat(Run(read, byTrigrams: true)).OrderByDescending(hit => hit.Score)];
        }

        return new(null, Houses(read, found));
    }

    public ValueTask DisposeAsync()
    {
        reader?.Dispose();
        directory?.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private (int Street, double Score)[] Run(PeerReading read, bool byTrigrams)
    {
        var names = new DisjunctionMaxQuery(0);
        foreach (var name in read.Names.Where(name => name.Length > 0))
        {
            if (byTrigrams)
            {
                names.Add(Overlap(name));
            }
            else
            {
                names.Add(new TermQuery(new Term("name", name)) { Boost = 6 });
                names.Add(new FuzzyQuery(new Term("name", name), name.Length < 5 ? 1 : 2, 0, 60, transpositions: true) { Boost = 5.5f });
                if (name.Length >= 4)
                {
                    names.Add(new PrefixQuery(new Term("name", name)) { Boost = 4.5f });
                }
            }
        }

        var all = new BooleanQuery { { names, Occur.MUST } };
        Area(all, read);
        return [.. searcher!.Search(all, Streets).ScoreDocs.Select(hit => (searcher.Doc(hit.Doc).GetField("id").GetInt32Value()!.Value, (double)hit.Score))];
    }

    private static void Area(BooleanQuery all, PeerReading read)
    {
        if (read.Postcode is { } postcode)
        {
            all.Add(Best(
                new TermQuery(new Term("postcode", postcode)) { Boost = 1 },
                new FuzzyQuery(new Term("postcode", postcode), 1, 0, 60, transpositions: true) { Boost = 0.75f },
                new PrefixQuery(new Term("postcode", postcode[..3])) { Boost = 0.4f }), Occur.SHOULD);
        }

        if (read.Place.Length > 0)
        {
            all.Add(Best(new TermQuery(new Term("place", read.Place)) { Boost = 1 }, new FuzzyQuery(new Term("place", read.Place), 2, 0, 60, transpositions: true) { Boost = 0.9f }), Occur.SHOULD);
        }
    }

    private static DisjunctionMaxQuery Best(params IEnumerable<Lucene.Net.Search.Query> queries)
    {
        var best = new DisjunctionMaxQuery(0);
        foreach (var query in queries)
        {
            best.Add(query);
        }

        return best;
    }

    /// <summary>At least four trigrams in ten.</summary>
    private static BooleanQuery Overlap(string name)
    {
        var grams = Grams(name).ToList();
        var overlap = new BooleanQuery { MinimumNumberShouldMatch = Math.Max(1, grams.Count * 4 / 10) };
        foreach (var gram in grams)
        {
            overlap.Add(new TermQuery(new Term("gram", gram)) { Boost = 5f / grams.Count }, Occur.SHOULD);
        }

        return overlap;
    }

    private List<string> Houses(PeerReading read, (int Street, double Score)[] found) =>
        [.. found.DistinctBy(hit => hit.Street).SelectMany(hit => houses[hit.Street].Select(house => (
                house.AddressId,
                Score: hit.Score + (read.Number is null ? 0 : house.Number == read.Number ? 0.8 : 0)
                    + (house.Number == read.Number && house.Letter == read.Letter ? 0.1 : 0) - (0.0001 * Math.Min(500, Math.Abs(house.Number - (read.Number ?? house.Number)))))))
            .OrderByDescending(one => one.Score).Take(5).Select(one => one.AddressId)];

    private static Document Document(int id, PeerStreet street)
    {
        var document = new Document
        {
            new StoredField("id", id),
            new StringField("name", street.Name, Field.Store.NO),
            new StringField("postcode", street.Postcode, Field.Store.NO),
            new StringField("place", street.Place, Field.Store.NO),
            new StringField("place", street.Municipality, Field.Store.NO),
        };
        foreach (var gram in Grams(street.Name).Distinct())
        {
            document.Add(new StringField("gram", gram, Field.Store.NO));
        }

        return document;
    }

    private static IEnumerable<string> Grams(string name)
    {
        var text = $"^{name}$";
        for (var i = 0; i + 3 <= text.Length; i++)
        {
            yield return text.Substring(i, 3);
        }
    }

    /// <summary>What matches scores its boost, however rare it is: a rare street is no better an answer than a common one.</summary>
    private sealed class Flat : DefaultSimilarity
    {
        public override float Idf(long docFreq, long numDocs) => 1;

        public override float Tf(float freq) => 1;

        public override float LengthNorm(FieldInvertState state) => 1;

        public override float QueryNorm(float sumOfSquaredWeights) => 1;

        public override float Coord(int overlap, int maxOverlap) => 1;
    }
}
