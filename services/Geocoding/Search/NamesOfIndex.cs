using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

internal sealed class NamesOfIndex(AddressIndex index) : IKnownNames
{
    public bool IsPlace(string plain) => index.Areas.Keys.Find(LetterCodes.Of(plain)) >= 0;

    public bool IsStreet(string plain) => index.Names.Plains.Find(LetterCodes.Of(plain)) is >= 0 and var found && index.Names.NamesOf(found).Length > 0;
}
