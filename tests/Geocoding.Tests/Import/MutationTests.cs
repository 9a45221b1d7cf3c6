using Ums.Fuzz;
using Xunit;

namespace Ums.Geocoding.Tests.Import;

public sealed class MutationTests
{
    [Theory]
    [InlineData("csv")]
    [InlineData("kartverket")]
    [InlineData("openaddresses")]
    [InlineData("geometry")]
    public void nothing_leaves_a_parser_but_its_own_refusals(string target)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            // What leaves it is thrown on.
            new Mutations(target, seed).Run(Targets.ByName[target], TimeSpan.FromSeconds(0.7), least: 20);
        }
    }
}
