using System.ComponentModel.DataAnnotations;

namespace Ums.Geocoding.Search;

/// <summary>The four fields of a form, or of a row in a file. Only the street is needed; all may stand in it.</summary>
public record AddressFields
{
    [Required, StringLength(200)]
    public string Street { get; init; } = "";

    [StringLength(20)]
    public string? Number { get; init; }

    [StringLength(20)]
    public string? Postcode { get; init; }

    [StringLength(100)]
    public string? Place { get; init; }
}
