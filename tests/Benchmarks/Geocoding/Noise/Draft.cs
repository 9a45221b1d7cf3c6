using System.Globalization;
using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>A query in the making: an address, and what happens to it on its way to the form.</summary>
internal sealed class Draft(Atlas atlas, Dice dice, Door door)
{
    private string? meant;

    public Atlas Atlas => atlas;

    public Dice Dice => dice;

    public Door Door => door;

    public Street Street { get; } = atlas.Streets[door.Street];

    public bool Norwegian => Street.Norwegian;

    public string Name { get; set; } = atlas.Streets[door.Street].Name;

    /// <summary>The name as typed but with nothing shortened: what a rival is compared with too.</summary>
    public string Meant
    {
        get => meant ?? Name;
        set => meant = value;
    }

    /// <summary>What is missing or misplaced in the name, counted as letters wrong.</summary>
    public int Lacks { get; set; }

    /// <summary>Only the beginning of the name was typed.</summary>
    public bool Begun { get; set; }

    public int? Number { get; set; } = door.Number == 0 ? null : door.Number;

    public string? Letter { get; set; } = door.Letter;

    /// <summary>How the number is written where it is not simply number and letter.</summary>
    public string? NumberText { get; set; }

    /// <summary>Digits only.</summary>
    public string? Postcode { get; set; } = door.Postcode;

    public string? Place { get; set; } = atlas.Streets[door.Street].Place;

    /// <summary>What else stands behind the number: a flat, a floor.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Which thing goes into which field; street, number, postcode, place.</summary>
    public Func<Draft, (string Street, string Number, string Postcode, string Place)> Layout { get; set; } = Layouts.Fields;

    /// <summary>The last touch, on every field: all small, all capitals.</summary>
    public Func<string, string> Case { get; set; } = text => text;

    public string WrittenNumber => (NumberText ?? Number?.ToString(CultureInfo.InvariantCulture) + Letter) + Extra;

    public string WrittenPostcode { get; set; } = "";

    public Query ToQuery(string expected, string kind)
    {
        WrittenPostcode = Postcode is null ? "" : Layouts.Written(dice, Postcode, Norwegian);
        var (street, number, postcode, place) = Layout(this);
        return new(Case(street), Case(number), postcode, Case(place), expected, kind);
    }
}
