namespace Ums.Notifier.Dispatch;

/// <summary>How a transaction changes an alert's counts; it goes into the database together with what it counts.</summary>
internal sealed class TallyChange
{
    private readonly int[] states = new int[Enum.GetValues<RecipientState>().Length];

    public int Acknowledged { get; private set; }

    public int Resent { get; private set; }

    public int Called { get; private set; }

    public int this[RecipientState state] => states[(int)state];

    public bool IsNothing => Acknowledged == 0 && Resent == 0 && Called == 0 && Array.TrueForAll(states, count => count == 0);

    public void Add(RecipientState state, int count) => states[(int)state] += count;

    public void Moved(RecipientState from, RecipientState to)
    {
        states[(int)from]--;
        states[(int)to]++;
    }

    public void CountAcknowledged() => Acknowledged++;

    /// <summary>Counts an attempt that was begun for what it is beyond the first.</summary>
    public void CountBegun(Rounds before, Rounds now)
    {
        var added = now & ~before;
        Resent += added.HasFlag(Rounds.Resent) ? 1 : 0;
        Called += added.HasFlag(Rounds.Called) ? 1 : 0;
    }
}
