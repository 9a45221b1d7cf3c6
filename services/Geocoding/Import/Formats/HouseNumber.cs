namespace Ums.Geocoding.Import.Formats;

/// <summary>A house number that carries its letter along, as in 12 B.</summary>
internal static class HouseNumber
{
    /// <param name="letter">Where the source has a field for it; empty if not.</param>
    public static (string? Number, string? Letter) Split(string? number, string? letter)
    {
        if (number is null || letter is not null)
        {
            return (number, letter);
        }
        var digits = number.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits <= 0 ? (number, null) : (number[..digits], number[digits..].Trim());
    }
}
