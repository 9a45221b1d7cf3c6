namespace Ums.Faults;

/// <summary>Something that happens to a system that sends an alert.</summary>
/// <param name="Name">As the list of faults calls it.</param>
/// <param name="StrikeAsync">Does it, and undoes what does not pass by itself. What it returns is expected afterwards.</param>
internal sealed record Fault(string Name, string What, Func<FaultWorld, Strike, Task> StrikeAsync);

/// <summary>The circumstances: the alert under way, and what the fault knows will be different because of it.</summary>
internal sealed class Strike(Guid alert, Random random)
{
    public Guid Alert { get; } = alert;

    public Random Random { get; } = random;

    /// <summary>The alert was stopped, so whoever had not been called is not to be.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>The provider reports that nothing arrives.</summary>
    public bool AllFail { get; set; }

    /// <summary>Messages that nobody can read, which must lie where health shows them.</summary>
    public int Poison { get; set; }

    /// <summary>When things are as before again; where it is not set, when the strike is over.</summary>
    public DateTimeOffset? OverAt { get; set; }
}

/// <param name="Resumed">From the end of the fault until another message was handed over; null where none was left.</param>
/// <param name="Done">From the approval until everyone was in a final state.</param>
internal sealed record Verdict(string Fault, string What, int Lost, int Twice, int Resent, TimeSpan? Resumed, TimeSpan Done, IReadOnlyList<string> Broken);
