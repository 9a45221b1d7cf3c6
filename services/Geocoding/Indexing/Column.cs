namespace Ums.Geocoding.Indexing;

/// <summary>A list that grows by pieces, so that no growing doubles it, and that is given back piece by piece.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private const int Piece = 1 << 16;

    private readonly List<T[]> pieces = [];

    public int Count { get; private set; }

    public T this[int index] => pieces[index / Piece][index % Piece];

    public void Add(T item)
    {
        if (Count == pieces.Count * Piece)
        {
            pieces.Add(new T[Piece]);
        }

        pieces[Count / Piece][Count % Piece] = item;
        Count++;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <param name="order">Which item stands at each place of the answer. The column is empty afterwards.</param>
    public T[] TakeInOrder(int[] order)
    {
        var taken = new T[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            taken[i] = this[order[i]];
        }

        Clear();
        return taken;
    }

    public void Clear()
    {
        pieces.Clear();
        Count = 0;
    }
}
