using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ums.AppHost;

/// <summary>PostgreSQL and RabbitMQ: as containers, as processes of this machine, or as they stand somewhere else.</summary>
internal sealed class InfrastructureResources
{
    private readonly Dictionary<string, IResourceBuilder<IResourceWithConnectionString>> databases = [];

    // The broker's address for each service: where somebody else runs the broker, each has a user of its own.
    private readonly Dictionary<string, IResourceBuilder<IResourceWithConnectionString>> messaging = [];

    private readonly List<IResourceBuilder<IResource>> servers = [];

    public static InfrastructureResources Add(IDistributedApplicationBuilder builder)
    {
        var resources = new InfrastructureResources();
        switch (builder.Configuration["Infrastructure"] ?? "containers")
        {
            case "containers": resources.AddContainers(builder); break;
            case "executables": resources.AddExecutables(builder); break;
            case "external": resources.AddExternal(builder); break;
            case var other: throw new InvalidOperationException($"Infrastructure={other}: not one of containers, executables, external.");
        }
        return resources;
    }

    /// <summary>Gives a service its database and the broker, and lets it wait for both.</summary>
    public void Give(IResourceBuilder<ProjectResource> service, string name, string database)
    {
        service
            .WithReference(databases[database]).WaitFor(databases[database])
            .WithReference(messaging[name], connectionName: Topology.Messaging).WaitFor(messaging[name]);
        foreach (var server in servers)
            service.WaitFor(server);
    }

    private void AddContainers(IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("postgres-password", secret: true);
        if (builder.ExecutionContext.IsRunMode)
            builder.Configuration["Parameters:postgres-password"] ??= Keys.Open(Path.Combine(builder.AppHostDirectory, "..", ".local", "keys.json"), "Postgres").Password("Postgres");
        var postgres = builder.AddPostgres("postgres", password: password)
            .WithImage("postgis/postgis", "17-3.5")
            .WithDataVolume()
            .WithLifetime(ContainerLifetime.Persistent);
        foreach (var name in Topology.Databases)
            databases[name] = postgres.AddDatabase(name);
        Share(builder.AddRabbitMQ(Topology.Messaging).WithDataVolume().WithManagementPlugin());
    }

    private void AddExecutables(IDistributedApplicationBuilder builder)
    {
        var postgres = Server(builder, "postgres", "postgres", port: 15432, "PGPORT", "-D", builder.Configuration["Postgres:DataDirectory"] ?? "pgdata");
        var rabbit = Server(builder, "rabbitmq", "rabbitmq-server", port: 15673, "RABBITMQ_NODE_PORT");
        var tcp = postgres.GetEndpoint("tcp");
        foreach (var name in Topology.Databases)
        {
            databases[name] = builder.AddConnectionString(name, ReferenceExpression.Create(
                $"Host={tcp.Property(EndpointProperty.Host)};Port={tcp.Property(EndpointProperty.Port)};Username=postgres;Database={name}"));
        }
        Share(builder.AddConnectionString(Topology.Messaging, ReferenceExpression.Create(
            $"amqp://guest:guest@{rabbit.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}")));
        servers.AddRange([postgres, rabbit]);
    }

    // ConnectionStrings:NAMEdb and ConnectionStrings:messaging-NAME of the app host's own configuration; nothing is started.
    private void AddExternal(IDistributedApplicationBuilder builder)
    {
        foreach (var service in Topology.Services.Where(service => service.Database is not null))
        {
            databases[service.Database!] = builder.AddConnectionString(service.Database!);
            messaging[service.Name] = builder.AddConnectionString($"{Topology.Messaging}-{service.Name}");
        }
    }

    private void Share(IResourceBuilder<IResourceWithConnectionString> broker)
    {
        foreach (var service in Topology.Services)
            messaging[service.Name] = broker;
    }

    // A server that runs as a local process, healthy once its port answers.
    private static IResourceBuilder<ExecutableResource> Server(
        IDistributedApplicationBuilder builder, string name, string command, int port, string portVariable, params string[] arguments)
    {
        builder.Services.AddHealthChecks().AddAsyncCheck($"{name}-port", async cancellationToken =>
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (SocketException e)
            {
                return HealthCheckResult.Unhealthy($"Port {port} does not answer.", e);
            }
        });
        return builder.AddExecutable(name, command, workingDirectory: ".", arguments)
            .WithEndpoint(name: "tcp", scheme: "tcp", port: port, targetPort: port, env: portVariable, isProxied: false)
            .WithHealthCheck($"{name}-port");
    }
}
