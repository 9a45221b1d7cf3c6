using System.Text.Json;

namespace Ums.Gateway.Clients;

/// <summary>What a service answered: a value, or a problem that the resident can do something about.</summary>
internal readonly record struct Answer<T>(T? Value, Problem? Problem)
{
    public bool Ok => Problem is null;
}

/// <summary>A refusal that a service gave in words programs understand.</summary>
/// <param name="Slug">The stable word at the end of the problem's type, such as <c>too-many-pins</c>.</param>
internal sealed record Problem(int Status, string Slug, JsonElement Body, TimeSpan? RetryAfter)
{
    /// <summary>Reads one of the problem's own fields.</summary>
    public T? Extension<T>(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var found) ? found.Deserialize<T>(JsonSerializerOptions.Web) : default;
}

/// <summary>A service did not answer, or answered that it cannot. Its own words stay in the log.</summary>
internal sealed class ServiceAwayException(string service, Exception? cause = null) : Exception($"{service} is away.", cause)
{
    public string Service { get; } = service;
}
