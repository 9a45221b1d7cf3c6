using System.Collections.Frozen;
using Ums.Geocoding.Import.Files;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>Reads the rows of one part, from its beginning or from where an earlier reading stopped.</summary>
internal abstract class AddressFormat
{
    public static readonly FrozenDictionary<string, AddressFormat> ByName = new Dictionary<string, AddressFormat>
    {
        ["csv"] = new OwnCsv(),
        ["lantmateriet"] = new LantmaterietPackage(),
        ["kartverket"] = new KartverketCsv(),
        ["openaddresses"] = new OpenAddresses(),
    }.ToFrozenDictionary();

    /// <param name="scratch">A folder for what must be unpacked before it can be read.</param>
    /// <exception cref="ImportException">The part as a whole is not what it should be.</exception>
    public abstract IEnumerable<SourceRow> Read(Part part, Place from, string scratch);
}
