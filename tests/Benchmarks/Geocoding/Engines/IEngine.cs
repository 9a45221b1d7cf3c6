using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <param name="Category">How sure the engine is; null where it does not say.</param>
/// <param name="Ids">Addresses, the best first, five at most.</param>
internal readonly record struct Answer(Category? Category, IReadOnlyList<string> Ids);

/// <summary>Whatever finds addresses. Search is called from several threads at once.</summary>
internal interface IEngine : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Reads the addresses and makes itself ready.</summary>
    Task LoadAsync(string addresses, Action<string> progress);

    Answer Search(Query query);

    /// <summary>MB held outside this process's managed memory: files mapped, other processes.</summary>
    double MegabytesElsewhere => 0;

    /// <summary>Processor time used so far by other processes for this engine, in milliseconds.</summary>
    double MillisecondsElsewhere => 0;
}
