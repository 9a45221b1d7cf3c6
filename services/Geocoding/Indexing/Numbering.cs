using System.Collections;
using System.Runtime.InteropServices;

namespace Ums.Geocoding.Indexing;

/// <summary>Numbers distinct values in the order in which they come.</summary>
internal sealed class Numbering<T> : IEnumerable<T>
    where T : notnull
{
    private readonly Dictionary<T, int> numbers = [];
    private readonly List<T> values = [];

    public int Count => values.Count;

    public T this[int number] => values[number];

    public int Of(T value)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var known);
        if (!known)
        {
            number = values.Count;
            values.Add(value);
        }

        return number;
    }

    public void Add(T value) => Of(value);

    public IEnumerator<T> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
