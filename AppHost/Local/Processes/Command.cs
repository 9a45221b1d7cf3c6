namespace Ums.Local.Processes;

/// <summary>A program to be started as a child that never outlives the launcher.</summary>
internal sealed record Command(string File, params IReadOnlyList<string> Arguments)
{
    public string Directory { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Asks it to stop.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>What the kernel sends it when the launcher itself is killed.</summary>
    public Signal DeathSignal { get; init; } = Signal.Kill;

    /// <summary>Another user to run as; only root may say so.</summary>
    public string? User { get; init; }

    /// <summary>How long it may take to stop before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
