using Ums.Benchmarks.Geocoding.Engines;
using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Geocoding.Judging;

/// <summary>How many answers were right. Shares are null where there is nothing to take a share of.</summary>
internal sealed record Score(
    int Count, double RecallAt1, double RecallAt5, int WrongA, double? PrecisionA, double? PrecisionB, IReadOnlyDictionary<string, (int Count, double RecallAt1)> ByKind)
{
    public static Score Of(Judge judge, IReadOnlyList<Query> queries, IReadOnlyList<Answer> answers)
    {
        var judged = queries.Zip(answers, (query, answer) =>
            (query, answer, first: judge.IsRight(query, answer, 1), five: judge.IsRight(query, answer, 5), very: Judge.IsVeryAddress(query, answer))).ToList();
        var (a, b) = (Of(Category.A), Of(Category.B));
        return new Score(
            judged.Count, Share(judged.Select(one => one.first)) ?? 0, Share(judged.Select(one => one.five)) ?? 0, a.Count(very => !very), Share(a), Share(b),
            judged.GroupBy(one => one.query.Kind).ToDictionary(kind => kind.Key, kind => (kind.Count(), Share(kind.Select(one => one.first)) ?? 0)));

        List<bool> Of(Category category) => [.. judged.Where(one => one.answer.Category == category).Select(one => one.very)];
    }

    private static double? Share(IEnumerable<bool> of) => of.Select(yes => yes ? 1.0 : 0.0).Cast<double?>().Average();
}
