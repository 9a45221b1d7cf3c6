using System.Text.Json.Serialization;

namespace Ums.Geocoding.Search;

/// <summary>A: exact. B: one certain address after safe corrections. C: candidates to choose from, or none.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Category>))]
public enum Category
{
    A,
    B,
    C,
}
