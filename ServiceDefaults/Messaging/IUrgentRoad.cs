namespace Ums.ServiceDefaults.Messaging;

/// <summary>Takes an urgent message to its consumer past the broker. Implemented by the publishing service; at most one per service.</summary>
public interface IUrgentRoad
{
    /// <exception cref="HttpRequestException">The receiver did not take it; the relay tries again.</exception>
    Task HandOverAsync(Guid messageId, string type, string payload, CancellationToken cancellationToken);
}
