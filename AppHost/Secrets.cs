using Microsoft.Extensions.Configuration;

namespace Ums.AppHost;

/// <summary>
/// The keys and secrets as Aspire's secret parameters. On a developer's machine they are those of ./run, from .local/keys.json, made where they are
/// missing; whoever publishes must give them.
/// </summary>
internal sealed class Secrets(IDistributedApplicationBuilder builder)
{
    private readonly Dictionary<string, IResourceBuilder<ParameterResource>> parameters = [];

    private readonly Keys? local = builder.ExecutionContext.IsRunMode
        ? Keys.Open(Path.Combine(builder.AppHostDirectory, "..", ".local", "keys.json"),
            [.. Topology.Keys, .. Topology.Services.Select(service => $"ClientSecret:{service.Name}")])
        : null;

    public IResourceBuilder<ParameterResource> Key(string name) => Parameter($"key-{name.ToLowerInvariant()}", name);

    public IResourceBuilder<ParameterResource> ClientSecret(string client) => Parameter($"client-secret-{client}", $"ClientSecret:{client}");

    private IResourceBuilder<ParameterResource> Parameter(string name, string key)
    {
        if (parameters.TryGetValue(name, out var known))
            return known;
        if (local is not null)
            builder.Configuration[$"Parameters:{name}"] ??= local[key];
        return parameters[name] = builder.AddParameter(name, secret: true);
    }
}
