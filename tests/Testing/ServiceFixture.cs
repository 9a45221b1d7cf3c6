using System.Security.Cryptography;
using MassTransit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Ums.AppHost;
using Ums.Local.Servers;
using Xunit;

namespace Ums.Testing;

/// <summary>
/// One service, running in this process against a database and a virtual host of its own. As <c>IClassFixture</c> each test class has one, so
/// classes run side by side. Derive from it to set the scene.
/// </summary>
/// <typeparam name="TProgram">The service's <c>Program</c>.</typeparam>
public class ServiceFixture<TProgram> : IAsyncLifetime where TProgram : class
{
    private readonly List<ServiceHost<TProgram>> hosts = [];
    private string? database;
    private string? virtualHost;

    /// <summary>The service's resource name, from its assembly's.</summary>
    public string Name { get; } = typeof(TProgram).Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();

    public IServiceProvider Services => hosts[0].Services;

    /// <summary>Without a token. It follows no redirects and keeps no cookies, so that a test sees both.</summary>
    public HttpClient Client { get; private set; } = null!;

    public TestTokens Tokens { get; } = new();

    public CapturedLogs Logs { get; } = new();

    /// <summary>The other end of the bus; null for a service that is not on it.</summary>
    public TestBus Bus { get; private set; } = null!;

    /// <summary>The owner's connection string: row-level security and the like must be looked at from outside too.</summary>
    public string ConnectionString => TestServers.Postgres(database ?? throw new InvalidOperationException($"{Name} has no database."));

    /// <summary>The service's keys, as it was given them.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; } =
        Topology.Keys.ToDictionary(name => name, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The clock of the service; a <c>FakeTimeProvider</c> lets a test move it.</summary>
    public virtual TimeProvider Time => TimeProvider.System;

    /// <summary>The environment it runs in. Development doubles are only there in Development.</summary>
    protected virtual string EnvironmentName => "Development";

    /// <summary>False for a class that begins with the broker away.</summary>
    protected virtual bool WaitsForBus => true;

    /// <summary>A client that carries a token.</summary>
    public HttpClient ClientWith(string token)
    {
        var client = hosts[0].CreateClient(Plain);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A client with options of its own, such as a cookie jar.</summary>
    public HttpClient ClientWith(WebApplicationFactoryClientOptions options) => hosts[0].CreateClient(options);

    /// <summary>Starts one more replica of the service on the same database and virtual host.</summary>
    public async Task<WebApplicationFactory<TProgram>> StartReplicaAsync(Action<IServiceCollection>? configure = null)
    {
        var host = NewHost(services =>
        {
            ConfigureServices(services);
            configure?.Invoke(services);
        });
        await StartedAsync(host);
        return host;
    }

    /// <summary>A look into the database as its superuser, past row-level security. Parameters are $1, $2 …</summary>
    public async Task<T?> QueryAsync<T>(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    /// <inheritdoc cref="QueryAsync{T}"/>
    public Task ExecuteAsync(string sql, params object[] parameters) => QueryAsync<object>(sql, parameters);

    public virtual async Task InitializeAsync()
    {
        if (Service.Database is not null)
        {
            virtualHost = $"{Name}-{Guid.NewGuid():N}";
            await CreateVirtualHostAsync(virtualHost);
            database = await TestDatabase.CreateAsync(typeof(TProgram).Assembly, MigrateAsync);
            Bus = await TestBus.ConnectAsync(TestServers.RabbitMq(virtualHost));
        }
        await StartedAsync(NewHost(ConfigureServices));
        Client = ClientWith(Plain);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        if (Bus is not null)
            await Bus.DisposeAsync();
        if (database is not null)
        {
            await using (var own = new NpgsqlConnection(ConnectionString))
                NpgsqlConnection.ClearPool(own);
            await TestDatabase.DropAsync(database);
        }
        if (virtualHost is not null)
        {
            await TestServers.DeleteAsync($"api/vhosts/{virtualHost}");
            await TestServers.DeleteAsync($"api/users/{virtualHost}");
        }
    }

    /// <summary>Settings beside, or instead of, those that every service gets.</summary>
    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }

    /// <summary>Where it listens: nowhere, requests being handed to it inside this process. Call <c>UseKestrel</c> for tests of what is on the wire.</summary>
    protected virtual void Listen(WebApplicationFactory<TProgram> host)
    {
    }

    /// <summary>Doubles for what lies outside: vendors, other services' answers.</summary>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    private static WebApplicationFactoryClientOptions Plain => new() { AllowAutoRedirect = false, HandleCookies = false };

    private Service Service => Topology.Services.Single(service => service.Name == Name);

    // A user with the very permissions that the service has in the running system: what it may not do fails here already.
    private async Task CreateVirtualHostAsync(string name)
    {
        var permissions = BrokerPermissions.Of(Name);
        await TestServers.PutAsync($"api/vhosts/{name}", new { });
        await TestServers.PutAsync($"api/users/{name}", new { password = name, tags = "" });
        await TestServers.PutAsync($"api/permissions/{name}/{name}", new { configure = permissions.Configure, write = permissions.Write, read = permissions.Read });
        await TestServers.PutAsync($"api/permissions/{name}/{BrokerUsers.Administrator}", new { configure = ".*", write = ".*", read = ".*" });
    }

    // The service does not wait for its bus; a test that publishes at once must, or its message finds no queue. A bus that is stopped while it
    // still starts, moreover, goes on consuming.
    private async Task StartedAsync(ServiceHost<TProgram> host)
    {
        if (host.Services.GetService<IBusControl>() is { } bus && WaitsForBus)
            await Eventually.TrueAsync(() => bus.CheckHealth().Status == BusHealthStatus.Healthy, TimeSpan.FromMinutes(1));
    }

    // Without what a test class sets up, for the template is the same for all; and without the bus, which has no part in it.
    private async Task MigrateAsync(string connectionString)
    {
        var settings = Settings();
        settings[$"ConnectionStrings:{Service.Database}"] = connectionString;
        await using (var host = new ServiceHost<TProgram>(settings, EnvironmentName, Tokens, Logs, TimeProvider.System, WithoutBus))
            _ = host.Services;
        NpgsqlConnection.ClearAllPools();
    }

    private static void WithoutBus(IServiceCollection services)
    {
        foreach (var bus in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.FullName == "Ums.ServiceDefaults.Messaging.BusHost").ToList())
            services.Remove(bus);
    }

    private ServiceHost<TProgram> NewHost(Action<IServiceCollection> services)
    {
        var settings = Settings();
        Configure(settings);
        var host = new ServiceHost<TProgram>(settings, EnvironmentName, Tokens, Logs, Time, services);
        Listen(host);
        hosts.Add(host);
        return host;
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Tokens:Issuer"] = TestTokens.Issuer,
            ["Tokens:ClientSecret"] = "test-secret-of-" + Name,
            ["Gateway:PublicUrl"] = TestTokens.Issuer,
            ["Demo:Enabled"] = "false",
        };
        foreach (var key in Service.Keys)
            settings[$"Keys:{key}"] = Keys[key];
        if (Service == Topology.Identity)
        {
            foreach (var client in Topology.InternalClients)
                settings[$"ApiClients:Internal:{client}"] = "test-secret-of-" + client;
        }
        if (Service.Database is not null)
        {
            if (database is not null)
                settings[$"ConnectionStrings:{Service.Database}"] = ConnectionString;
            var broker = new UriBuilder(TestServers.RabbitMq(virtualHost!)) { UserName = virtualHost!, Password = virtualHost! };
            settings[$"ConnectionStrings:{Topology.Messaging}"] = broker.Uri.AbsoluteUri;
        }
        return settings;
    }
}
