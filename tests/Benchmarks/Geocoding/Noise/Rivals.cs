namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>
/// Whether a distorted text still means its address. It does not when another address fits as well: when the text is nearer to that one's name and its other
/// fields agree no less, or when what it lacks in the name it makes up for in number, postcode and place.
/// </summary>
internal sealed class Rivals(Atlas atlas)
{
    /// <summary>What a letter wrong in the street's name weighs beside a whole field that agrees.</summary>
    private const double Edit = 0.5;

    private const int MostEdits = 5;

    public bool Any(Draft draft)
    {
        var own = new Fit(Fields(draft, draft.Street, draft.Door), Distance(draft, draft.Street));
        var possible = (draft.Postcode is null ? 0 : 1) + (draft.Place is null ? 0 : 1) + (draft.Number is null ? 0 : 1);
        var reach = Math.Min(MostEdits, own.Name.Loose + (int)((possible - own.Fields) / Edit));
        return AnotherDoor(draft, own) || Near(draft, reach).Any(street => street != draft.Street && Best(draft, street).Beats(own));
    }

    /// <summary>The same number on the same street in another part of the place.</summary>
    private bool AnotherDoor(Draft draft, Fit own)
    {
        var asked = draft.Number is not null && draft.Number == draft.Door.Number && draft.Letter == draft.Door.Letter;
        foreach (var door in atlas.On(draft.Street))
        {
            if (asked && door.Line != draft.Door.Line && door.Number == draft.Number && door.Letter == draft.Letter && Fields(draft, draft.Street, door) >= own.Fields)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<Street> Near(Draft draft, int edits)
    {
        var texts = Texts(draft).Select(Fold.Loose).Distinct().ToList();
        var names = texts.SelectMany(text => atlas.Names.Within(text, edits));
        if (draft.Begun)
        {
            names = names.Concat(texts.SelectMany(atlas.Names.BeginningWith));
        }

        return names.Distinct().SelectMany(name => atlas.ByName[name]);
    }

    private Fit Best(Draft draft, Street street)
    {
        var fields = 0.0;
        foreach (var door in atlas.On(street))
        {
            fields = Math.Max(fields, Fields(draft, street, door));
        }

        return new Fit(fields, Texts(draft).Select(text => Distance(draft, text, street)).Min());
    }

    private static IEnumerable<string> Texts(Draft draft) => draft.Lacks > 0 ? [draft.Name] : Abbreviations.Meanings(draft.Name).Append(draft.Meant);

    private static NameDistance Distance(Draft draft, Street street)
    {
        var (typed, meant) = (Distance(draft, draft.Name, street), Distance(draft, draft.Meant, street));
        meant = new(meant.Loose + draft.Lacks, meant.Strict + draft.Lacks);
        return typed.CompareTo(meant) < 0 ? typed : meant;
    }

    private static NameDistance Distance(Draft draft, string text, Street street)
    {
        var (loose, strict) = (Fold.Loose(text), Fold.Strict(text));
        return draft.Begun && street.Loose.StartsWith(loose, StringComparison.Ordinal)
            ? new(0, street.Strict.StartsWith(strict, StringComparison.Ordinal) ? 0 : 1)
            : new(Fold.Edits(loose, street.Loose), Fold.Edits(strict, street.Strict));
    }

    private double Fields(Draft draft, Street street, Door door) => Number(draft, door) + Postcode(draft.Postcode, door.Postcode) + Place(draft.Place, street);

    private static double Number(Draft draft, Door door) => draft.Number is null || draft.Number != door.Number ? 0 : draft.Letter is null || draft.Letter == door.Letter ? 1 : 0.8;

    private static double Postcode(string? typed, string postcode)
    {
        if (typed is null || typed.Length != postcode.Length)
        {
            return 0;
        }

        // Two digits that agree at the end say as little as a region that agrees at the beginning.
        return typed.Zip(postcode).Count(pair => pair.First != pair.Second) switch { 0 => 1, 1 => 0.6, 2 => 0.3, _ => typed[..2] == postcode[..2] ? 0.3 : 0 };
    }

    private double Place(string? typed, Street street)
    {
        if (typed is null)
        {
            return 0;
        }

        var loose = Fold.Loose(typed);
        if (loose == street.PlaceLoose)
        {
            return 1;
        }

        var municipality = atlas.MunicipalityName(street) is { } name ? Fold.Loose(name) : "";
        return loose == municipality || loose == municipality + "kommun" ? 0.9
            : loose.Length > 3 && Fold.Edits(loose, street.PlaceLoose, 2) <= (loose.Length > 6 ? 2 : 1) ? 0.8
            : 0;
    }

    private readonly record struct NameDistance(int Loose, int Strict) : IComparable<NameDistance>
    {
        public int CompareTo(NameDistance other) => (Loose, Strict).CompareTo((other.Loose, other.Strict));
    }

    private readonly record struct Fit(double Fields, NameDistance Name)
    {
        private double Total => Fields - (Edit * Name.Loose);

        // Equal in all but the rings and dots: then these decide.
        public bool Beats(Fit other) => Total > other.Total + 1e-9 || (Total > other.Total - 1e-9 && (Name.Loose != other.Name.Loose || Name.Strict <= other.Name.Strict));
    }
}
