namespace Ums.ProviderDoubles.Faults;

/// <summary>How one request goes wrong. Up to <see cref="Status"/> the double has nothing of it; from <see cref="SilentAfter"/> on, the message stands in the ledger.</summary>
public enum Fault
{
    None,

    /// <summary>It never answers.</summary>
    SilentBefore,

    /// <summary>429 with a Retry-After.</summary>
    TooMany,

    /// <summary>503, this time and for the rest of the burst.</summary>
    Unavailable,

    /// <summary>Another status, which a test sets.</summary>
    Status,

    /// <summary>It never answers.</summary>
    SilentAfter,

    /// <summary>500.</summary>
    ErrorAfter,

    /// <summary>The connection is cut before an answer.</summary>
    CutOff,

    /// <summary>The connection is cut within the answer.</summary>
    CutWithin,

    /// <summary>The answer comes a byte a second.</summary>
    Slow,

    /// <summary>The answer is not one that anybody understands.</summary>
    Garbled,
}
