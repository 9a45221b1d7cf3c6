using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Ums.AppHost;
using Xunit;

namespace AppHost.Tests;

/// <summary>The model is built, never started: neither DCP, nor the dashboard, nor a container engine is needed.</summary>
public class ModelTests
{
    public static TheoryData<string> Infrastructures => ["containers", "executables", "external"];

    [Theory, MemberData(nameof(Infrastructures))]
    public async Task every_service_gets_its_own_database_and_the_broker(string infrastructure)
    {
        await using var app = await BuildAsync($"--Infrastructure={infrastructure}");
        foreach (var service in Topology.Services.Where(service => service.Database is not null))
        {
            var resource = Project(app, service.Name);
            var environment = await EnvironmentAsync(app, resource);
            var broker = infrastructure == "external" ? $"messaging-{service.Name}" : "messaging";
            Assert.Equal($"{{{service.Database}.connectionString}}", environment[$"ConnectionStrings__{service.Database}"]);
            Assert.Equal($"{{{broker}.connectionString}}", environment["ConnectionStrings__messaging"]);
            Assert.Single(environment.Keys, key => key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && key.EndsWith("db", StringComparison.Ordinal));
            Assert.Contains(service.Database, resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
            Assert.NotEmpty(resource.Annotations.OfType<HealthCheckAnnotation>());
        }
    }

    [Fact]
    public async Task everyone_finds_those_it_calls()
    {
        await using var app = await BuildAsync("--Infrastructure=external");
        foreach (var service in Topology.Services)
        {
            var environment = await EnvironmentAsync(app, Project(app, service.Name));
            Assert.All(service.References, other => Assert.Equal($"{{{other}.bindings.http.url}}", environment[$"services__{other}__http__0"]));
        }
    }

    [Fact]
    public async Task a_key_is_known_to_those_who_need_it_and_to_nobody_else()
    {
        await using var app = await BuildAsync("--Infrastructure=external");
        foreach (var service in Topology.Services)
        {
            var environment = await EnvironmentAsync(app, Project(app, service.Name));
            Assert.Equal(
                service.Keys.Select(key => $"Keys__{key}").Order(StringComparer.Ordinal),
                environment.Keys.Where(name => name.StartsWith("Keys__", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.All(service.Keys, key => Assert.Equal($"{{key-{key.ToLowerInvariant()}.value}}", environment[$"Keys__{key}"]));
        }
    }

    [Fact]
    public async Task the_gateway_waits_for_the_services_and_they_for_nobody_among_themselves()
    {
        await using var app = await BuildAsync("--Infrastructure=external");
        var names = Topology.Services.Select(service => service.Name).ToHashSet();
        foreach (var service in Topology.Services)
        {
            var waits = Project(app, service.Name).Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).Where(names.Contains);
            Assert.Equal(service.WaitsFor.Order(StringComparer.Ordinal), waits.Distinct().Order(StringComparer.Ordinal));
        }
    }

    private static async Task<DistributedApplication> BuildAsync(params string[] args) =>
        await (await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args)).BuildAsync();

    private static ProjectResource Project(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>().Single(resource => resource.Name == name);

    private static async Task<Dictionary<string, string>> EnvironmentAsync(DistributedApplication app, IResource resource)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(
                new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Publish) { Services = app.Services }));
        return configuration.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
    }
}
