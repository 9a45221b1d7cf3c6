namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>Addresses that are not: the right answer is none. Each looks around itself, so that nothing near enough to be meant is left.</summary>
internal static class NowhereFaults
{
    // None of these is in the generator's own stock.
    private static readonly string[] Invented =
    [
        "Obelisk", "Zeppelinar", "Pärlemor", "Krysantemum", "Faktori", "Kvicksilver", "Brandvakts", "Paviljong", "Labyrint", "Karusell", "Ekvator", "Filosof", "Vaktparad", "Sfinx", "Terrakotta",
        "Jordgubbs", "Ananas", "Apelsin", "Hjulångar", "Signalflagg", "Telefonist", "Mikrofon", "Xylofon", "Bildhuggar", "Kyrkspel", "Dynamit", "Vulkan", "Pyramid", "Kaktus", "Oktav", "Turkos",
        "Ambassadör", "Cirkus", "Gepard", "Leopard", "Pingvin", "Zebra", "Kamel", "Giraff", "Krokodil", "Papegoj", "Elefant", "Jaguar", "Känguru", "Sköldpadds", "Delfin", "Bläckfisk",
    ];

    private static readonly string[] Endings = ["gatan", "vägen", "gränd", "stigen", "torget", "slingan", "backen"];

    public static bool InventedStreet(Draft draft)
    {
        draft.Name = draft.Dice.Pick(Invented) + draft.Dice.Pick(Endings);
        return draft.Atlas.Names.Within(Fold.Loose(draft.Name), 3).Count == 0;
    }

    public static bool NumberFarBeyond(Draft draft)
    {
        var last = Last(draft.Atlas, draft.Street);
        draft.Number = last + draft.Dice.Between(80, 400);
        draft.Letter = null;
        // Nor on a street of nearly that name in the same municipality.
        return last < 200 && !Near(draft, 2).Any(street => draft.Atlas.On(street).ToArray().Any(door => door.Number == draft.Number));
    }

    /// <summary>A street that there is, in a place where it is not and nothing sounds like it.</summary>
    public static bool StreetOfElsewhere(Draft draft)
    {
        var (atlas, dice) = (draft.Atlas, draft.Dice);
        var there = atlas.AnyDoor(dice);
        var place = atlas.Streets[there.Street];
        (draft.Postcode, draft.Place) = (there.Postcode, place.Place);
        return place.Municipality != draft.Street.Municipality && place.Norwegian == draft.Norwegian
            && !atlas.Names.Within(draft.Street.Loose, 3).SelectMany(name => atlas.ByName[name]).Any(street => street.Municipality == place.Municipality || street.PlaceLoose == place.PlaceLoose);
    }

    private static int Last(Atlas atlas, Street street)
    {
        var last = 0;
        foreach (var door in atlas.On(street))
        {
            last = Math.Max(last, door.Number);
        }

        return last;
    }

    private static IEnumerable<Street> Near(Draft draft, int edits) => draft.Atlas.Names.Within(draft.Street.Loose, edits)
        .SelectMany(name => draft.Atlas.ByName[name]).Where(street => street.Municipality == draft.Street.Municipality || street.PlaceLoose == draft.Street.PlaceLoose);
}
