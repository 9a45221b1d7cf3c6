namespace Ums.Geocoding.Import.Formats;

/// <summary>What a file says of an address, before anybody has looked whether it can be. Texts as they stand; coordinates in WGS84 degrees.</summary>
internal sealed class RawAddress
{
    public string? Id { get; set; }
    public string? Street { get; set; }
    public string? Number { get; set; }
    public string? Letter { get; set; }
    public string? Postcode { get; set; }
    public string? Place { get; set; }
    public string? Municipality { get; set; }
    public double Latitude { get; set; }
    public double Longitude { get; set; }
    public string? Gnr { get; set; }
    public string? Bnr { get; set; }
    public string? Fnr { get; set; }
    public string? Snr { get; set; }
}

/// <summary>Why a row is not taken: the field in our own CSV's words, a stable word for the reason, and what stood there.</summary>
internal readonly record struct Refusal(string Field, string Reason, string Value)
{
    private const int Shown = 100;

    public static Refusal Of(string field, string reason, ReadOnlySpan<char> value = default) =>
        new(field, reason, value.Length <= Shown ? value.ToString() : $"{value[..(Shown - 1)]}…");
}

/// <summary>A row of a file: an address or the reason why there is none.</summary>
/// <param name="Line">Where people find it: the line of a text, the row's number in a table.</param>
/// <param name="Position">Where to go on behind it.</param>
/// <param name="Bytes">How much of the file lies before that; only for showing how far one is.</param>
internal readonly record struct SourceRow(long Line, long Position, long Bytes, RawAddress? Address, Refusal? Refusal);

/// <summary>Up to where a part has been read.</summary>
internal readonly record struct Place(long Line, long Position)
{
    public static readonly Place Beginning;
}
