using System.Globalization;
using System.Text;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>A faultless audience made ready to be asked of the database: shapes as text and squares of the map, the list by blind index.</summary>
internal sealed class PreparedAudience
{
    /// <summary>More squares than this are most of an organisation; walking the phones is then cheaper than walking the squares.</summary>
    private const int MostCells = 4000;

    public PreparedAudience(Audience audience, Guid organisation, PersonalData personal)
    {
        (Organisation, Audience) = (organisation, audience);
        var areas = audience.Areas ?? [];
        Polygons = [.. areas.Where(area => area.Polygon is not null).Select(area => area.Polygon!)];
        Circles = [.. areas.Where(area => area.Center is not null)];
        Cells = CellsOf(areas);
        Listed = (audience.Phones ?? [])
            .Select(text => PhoneNumber.TryParse(text, norwegian: true, out var phone, out _) ? phone! : throw new FormatException("A listed number is none."))
            .Distinct()
            .Select(phone => new ListedPhone(personal.Index(organisation, phone.E164), phone.E164, phone.Kind == PhoneKind.Mobile))
            .ToDictionary(phone => phone.Index, IndexComparer.Instance);
    }

    public Guid Organisation { get; }

    public Audience Audience { get; }

    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Polygons { get; }

    public IReadOnlyList<AudienceArea> Circles { get; }

    /// <summary>The squares that the areas touch; null where they are too many to be of help.</summary>
    public int[]? Cells { get; }

    public IReadOnlyDictionary<byte[], ListedPhone> Listed { get; }

    public bool HasAddresses => Audience.Everyone || Polygons.Count + Circles.Count > 0
        || Audience is { Streets.Count: > 0 } or { Properties.Count: > 0 } or { Postcodes.Count: > 0 };

    /// <summary>All polygons as one; that they may overlap does not matter to whether a point is in it.</summary>
    public string Shape => $"MULTIPOLYGON({string.Join(',', Polygons.Select(ring => $"(({string.Join(',', ring.Select(Text))}))"))})";

    /// <summary>The name as people write it, in one form.</summary>
    public static string Name(string street) =>
        string.Join(' ', street.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(IReadOnlyList<double> position) => string.Create(CultureInfo.InvariantCulture, $"{position[0]:R} {position[1]:R}");

    private static int[]? CellsOf(IReadOnlyList<AudienceArea> areas)
    {
        var cells = new HashSet<int>();
        foreach (var (west, south, east, north) in areas.Select(Bounds))
        {
            // As the column of the table is computed.
            for (var row = (int)Math.Floor((south + 90) * 100); row <= (int)Math.Floor((north + 90) * 100); row++)
            {
                for (var column = (int)Math.Floor((west + 180) * 100); column <= (int)Math.Floor((east + 180) * 100); column++)
                {
                    cells.Add(row * 36000 + column);
                    if (cells.Count > MostCells)
                    {
                        return null;
                    }
                }
            }
        }
        return [.. cells];
    }

    private static (double West, double South, double East, double North) Bounds(AudienceArea area)
    {
        if (area.Polygon is { } ring)
        {
            return (ring.Min(p => p[0]), ring.Min(p => p[1]), ring.Max(p => p[0]), ring.Max(p => p[1]));
        }
        // A degree of latitude is 110.5 km at the least; a degree of longitude shrinks towards the pole.
        var (longitude, latitude) = AreaFaults.Corner(area.Center!);
        var up = area.Radius!.Value / 110_500;
        var aside = up / Math.Cos(double.DegreesToRadians(Math.Min(latitude + up, 85)));
        return (longitude - aside, latitude - up, longitude + aside, latitude + up);
    }
}

/// <summary>Blind indexes as keys.</summary>
internal sealed class IndexComparer : IEqualityComparer<byte[]>
{
    public static readonly IndexComparer Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    // Evenly spread already.
    public int GetHashCode(byte[] obj) => BitConverter.ToInt32(obj);
}
