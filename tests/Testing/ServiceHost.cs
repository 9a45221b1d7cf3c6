using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ums.Testing;

internal sealed class ServiceHost<TProgram>(
    IDictionary<string, string?> settings, string environment, TestTokens tokens, CapturedLogs logs, TimeProvider time, Action<IServiceCollection> configure)
    : WebApplicationFactory<TProgram> where TProgram : class
{
    // Host configuration, because Program reads it while it builds; what ConfigureAppConfiguration adds comes too late for that.
    protected override IHost CreateHost(IHostBuilder builder)
    {
        builder.ConfigureHostConfiguration(configuration => configuration.AddInMemoryCollection(settings));
        return base.CreateHost(builder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug));
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton(time);
            tokens.TrustedBy(services);
            configure(services);
        });
    }
}
