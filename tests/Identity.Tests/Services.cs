using Microsoft.Extensions.DependencyInjection;

namespace Ums.Identity.Tests;

internal static class Services
{
    public static T Get<T>(IdentityFixture identity) where T : notnull => identity.Services.GetRequiredService<T>();

    public static T Get<T>(this AsyncServiceScope scope) where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
}
