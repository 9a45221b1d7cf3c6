using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Ums.ServiceDefaults.Messaging;

namespace Ums.ServiceDefaults.Database;

public static class UmsDatabase
{
    /// <summary>
    /// Registers <typeparamref name="TContext"/> on the connection string <paramref name="name"/>, its migration step, health check and outbox relay. The
    /// connection string belongs to the owner, who migrates; the service itself runs as <c>ums_app</c>, which row-level security binds.
    /// </summary>
    public static IHostApplicationBuilder AddUmsDatabase<TContext>(
        this IHostApplicationBuilder builder, string name, Action<NpgsqlDataSourceBuilder>? configureSource = null,
        Action<NpgsqlDbContextOptionsBuilder>? configureContext = null)
        where TContext : UmsDbContext
    {
        var owner = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set: give the PostgreSQL database of this service.");
        builder.Services.AddSingleton(services => new Migration(owner, typeof(TContext).Assembly, services.GetRequiredService<ILogger<Migration>>()));
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<Migration>());
        builder.Services.AddSingleton(services => BuildSource(owner, configureSource, services));
        builder.Services.AddDbContext<TContext>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>(), npgsql =>
            {
                // Ten seconds without a database are waited out; a page would rather be slow than wrong.
                npgsql.EnableRetryOnFailure(maxRetryCount: 8, maxRetryDelay: TimeSpan.FromSeconds(2), errorCodesToAdd: null);
                configureContext?.Invoke(npgsql);
            })
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(services.GetRequiredService<OutboxSignal>()));
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", HealthStatus.Unhealthy);
        builder.AddOutbox<TContext>();
        return builder;
    }

    /// <summary>The migration by itself, for a command line that works on the database without being the service.</summary>
    public static Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<Migration>().StartAsync(cancellationToken);

    private static NpgsqlDataSource BuildSource(string owner, Action<NpgsqlDataSourceBuilder>? configure, IServiceProvider services)
    {
        var connection = new NpgsqlConnectionStringBuilder(owner)
        {
            // Short statements over large tables are guessed to be expensive, and compiling one then takes longer than it runs.
            Options = "-c role=ums_app -c jit=off",
            ApplicationName = Assembly.GetEntryAssembly()?.GetName().Name,
            // The same few dozen statements all day: each connection has them parsed and planned once.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // What a session has set ends with its transaction (Tenant, locks): there is nothing to clean up, and cleaning up costs six statements each time.
            NoResetOnClose = true,
        };
        if (!new DbConnectionStringBuilder { ConnectionString = owner }.ContainsKey("Maximum Pool Size"))
        {
            // Connections are lent out in turn, so each has to learn every statement: few warm ones do more than many cold ones.
            connection.MaxPoolSize = 24;
        }
        var source = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        source.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        configure?.Invoke(source);
        return source.Build();
    }

    private sealed class DatabaseHealth(NpgsqlDataSource source) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException e)
            {
                return HealthCheckResult.Unhealthy("PostgreSQL does not answer.", e);
            }
        }
    }
}
