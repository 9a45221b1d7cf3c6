using Ums.Local.Processes;

namespace Ums.Local.Servers;

/// <summary>A server of the infrastructure, run as a child.</summary>
internal interface IServer
{
    string Name { get; }

    string Address { get; }

    /// <summary>Does what must be done before a start, and says how to start.</summary>
    Task<Command> PrepareAsync();

    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
