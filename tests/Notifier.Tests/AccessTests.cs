using Ums.Testing;

namespace Ums.Notifier.Tests;

public sealed class AccessTests(ServiceFixture<Program> service) : IClassFixture<ServiceFixture<Program>>
{
    [Fact]
    public Task every_route_lets_in_whom_the_table_says() =>
        AccessWalk.AssertAsync(service, new AccessScene(Guid.CreateVersion7(), "stockholm", Guid.CreateVersion7(), "elsewhere"));
}
