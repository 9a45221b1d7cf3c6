namespace Ums.Geocoding.Indexing;

/// <summary>The index that searches use. Whoever has begun a search goes on with the one it took; nobody waits for a new one.</summary>
internal sealed class CurrentIndex
{
    private volatile AddressIndex value = AddressIndex.Empty;

    public AddressIndex Value
    {
        get => value;
        set => this.value = value;
    }
}
