namespace Ums.Messages.Commands;

/// <summary>
/// Whom an alert is for: everyone with an address that one of the parts covers and has alerts on, and the phones of the list. Left out, always: who is under 16
/// on the day, and protected identities. A phone is in it once.
/// </summary>
public sealed record Audience
{
    /// <summary>All of the organisation's addresses; the other parts then add nothing but the list.</summary>
    public bool Everyone { get; init; }

    public IReadOnlyList<AudienceArea> Areas { get; init; } = [];

    public IReadOnlyList<AudienceStreet> Streets { get; init; } = [];

    public IReadOnlyList<AudienceProperty> Properties { get; init; } = [];

    /// <summary>Five digits (four in Norway), without a space.</summary>
    public IReadOnlyList<string> Postcodes { get; init; } = [];

    /// <summary>E.164, whether the register knows them or not.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>Only <c>private</c> persons or <c>company</c> contacts; null for both.</summary>
    public string? Kind { get; init; }

    /// <summary>One phone for each address, a mobile before a landline. The list's phones are all in it.</summary>
    public bool OncePerHousehold { get; init; }
}

/// <summary>A polygon, or a circle: one of the two is given. Positions are longitude and latitude in WGS84 degrees, as in GeoJSON.</summary>
/// <param name="Polygon">A closed ring of four positions or more.</param>
/// <param name="Center">Of the circle.</param>
/// <param name="Radius">In metres.</param>
public sealed record AudienceArea(IReadOnlyList<IReadOnlyList<double>>? Polygon, IReadOnlyList<double>? Center, double? Radius);

/// <param name="From">The lowest house number; null for all.</param>
/// <param name="To">The highest house number.</param>
public sealed record AudienceStreet(string MunicipalityCode, string Street, int? From, int? To);

/// <summary>A property by its keys; what is null is not asked about, and one at least is given.</summary>
public sealed record AudienceProperty(int? Gnr, int? Bnr, int? Fnr, int? Snr);

/// <param name="Phone">E.164.</param>
/// <param name="Mobile">False for a landline, which can only be called.</param>
/// <param name="Latitude">Of the address that put the phone into the audience; null where there is none or it has no position.</param>
public sealed record AudienceMember(string Phone, bool Mobile, float? Latitude, float? Longitude)
{
    /// <summary>Tells no number and no place.</summary>
    public override string ToString() => nameof(AudienceMember);
}
