namespace Ums.Testing.Simulation;

/// <summary>What must hold, whatever happens. Broken ones are kept and not thrown: the code under test may catch what is thrown through it.</summary>
public static class Invariant
{
    /// <summary>The first that did not hold, in this thread's run.</summary>
    [field: ThreadStatic]
    public static Exception? Broken { get; set; }

    public static void Hold(bool holds, string otherwise)
    {
        if (!holds)
        {
            Broken ??= new InvalidOperationException(otherwise);
        }
    }
}
