// The system as Aspire runs and publishes it. What there is, and what depends on what, stands in Topology.cs; here it becomes resources.
//   Infrastructure = containers (default) | executables | external    where PostgreSQL and RabbitMQ come from
//   DeployTo       = compose | kubernetes                             read by --operation publish --step publish alone
using Ums.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

switch (builder.Configuration["DeployTo"])
{
    case "compose": builder.AddDockerComposeEnvironment("compose"); break;
    case "kubernetes": builder.AddKubernetesEnvironment("k8s"); break;
}

var infrastructure = InfrastructureResources.Add(builder);
var secrets = new Secrets(builder);
var publicUrl = builder.Configuration["PublicUrl"] ?? "http://localhost:8080/";
var services = new Dictionary<string, IResourceBuilder<ProjectResource>>();

foreach (var service in Topology.Services)
{
    services[service.Name] = builder.AddProject(service.Name, Path.Combine("..", service.Project))
        .WithHttpHealthCheck(Topology.HealthPath)
        .WithEnvironment("Tokens__Issuer", publicUrl)
        .WithEnvironment("Tokens__ClientSecret", secrets.ClientSecret(service.Name))
        .WithEnvironment("Demo__Enabled", builder.ExecutionContext.IsRunMode ? "true" : "false");
}

foreach (var service in Topology.Services)
{
    var resource = services[service.Name];
    foreach (var key in service.Keys)
        resource.WithEnvironment($"Keys__{key}", secrets.Key(key));
    foreach (var other in service.References)
        resource.WithReference(services[other]);
    foreach (var other in service.WaitsFor)
        resource.WaitFor(services[other]);
    if (service == Topology.Geocoding)
        resource.WithEnvironment("Index__Snapshot", Path.Combine(Path.GetTempPath(), "ums", "addresses.index"));
    if (service.Database is { } database)
        infrastructure.Give(resource, service.Name, database);
}

foreach (var client in Topology.InternalClients)
    services["identity"].WithEnvironment($"ApiClients__Internal__{client}", secrets.ClientSecret(client));

services["gateway"].WithExternalHttpEndpoints().WithEnvironment("Gateway__PublicUrl", publicUrl);

builder.Build().Run();
