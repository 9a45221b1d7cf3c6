namespace Ums.Messages;

/// <summary>
/// Says who publishes a message and which of our own services must consume it. The bus topology, the broker's permissions, the AsyncAPI document and
/// the mandatory flag all follow from it.
/// </summary>
/// <param name="from">Resource name of the publishing service, such as <c>identity</c>.</param>
/// <param name="to">Resource names of the services that must consume it; empty for events that only others listen to.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ContractAttribute(string from, params string[] to) : Attribute
{
    public string From { get; } = from;

    public IReadOnlyList<string> To { get; } = to;

    /// <summary>The relay hands the message over by HTTP where the broker does not confirm within half a second.</summary>
    public bool Urgent { get; init; }

    /// <summary>A message that one of our services must consume is returned by the broker, not dropped, where no queue is bound.</summary>
    public bool Mandatory => To.Count > 0;
}
