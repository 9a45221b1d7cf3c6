using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Ums.Gateway.Proxy;

/// <summary>Puts the addresses that service discovery knows in place of a destination's name, and follows them when they change.</summary>
internal sealed class ServiceDiscoveryDestinationResolver(ServiceEndpointResolver endpoints) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var known = await endpoints.GetEndpointsAsync(destination.Address, cancellationToken);
            changes.Add(known.ChangeToken);
            foreach (var endpoint in known.Endpoints)
            {
                var address = Absolute(endpoint.ToString()!);
                found[$"{name} at {address.Authority}"] = destination with { Address = address.AbsoluteUri };
            }
        }
        return new ResolvedDestinationCollection(found, new CompositeChangeToken(changes));
    }

    private static Uri Absolute(string endpoint) => new(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"http://{endpoint}");
}
