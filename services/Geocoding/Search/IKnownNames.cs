namespace Ums.Geocoding.Search;

/// <summary>Which names there are, by plain key: what a person who takes an address apart knows as well.</summary>
internal interface IKnownNames
{
    bool IsPlace(string plain);

    bool IsStreet(string plain);
}
