namespace Ums.Geocoding.Indexing;

/// <summary>Section <c>Index</c> of the configuration.</summary>
internal sealed class IndexOptions
{
    /// <summary>The file in which the built index is kept between starts; none is kept where this is empty.</summary>
    public string? Snapshot { get; set; }
}
