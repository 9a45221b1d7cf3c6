using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests;

public sealed class AccessTests(ServiceFixture<Program> service) : IClassFixture<ServiceFixture<Program>>
{
    [Fact]
    public Task every_route_lets_in_whom_the_table_says() =>
        AccessWalk.AssertAsync(service, new AccessScene(Guid.CreateVersion7(), "stockholm", Guid.CreateVersion7(), "elsewhere"));
}
