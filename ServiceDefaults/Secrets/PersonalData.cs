using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Ums.ServiceDefaults.Secrets;

/// <summary>
/// Keeps names and phone numbers unreadable at rest: each organisation's fields are sealed with a key derived for it (HKDF) from <c>Keys:PersonalData</c>,
/// which never stands in a database. Look-up goes by a keyed hash.
/// </summary>
public sealed class PersonalData(IConfiguration configuration)
{
    private readonly byte[] master = configuration.Required("PersonalData");

    public byte[] Seal(Guid organisation, string text) =>
        SealedBox.Seal(KeyOf(organisation), Encoding.UTF8.GetBytes(text), organisation.ToByteArray());

    public string Open(Guid organisation, byte[] box) =>
        Encoding.UTF8.GetString(SealedBox.Open(KeyOf(organisation), box, organisation.ToByteArray()));

    /// <summary>The blind index of a value: equal values in one organisation have equal indexes, and no index tells its value without the key.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] Index(Guid organisation, string value) =>
        HMACSHA256.HashData(Derive("index", organisation), Encoding.UTF8.GetBytes(value));

    private byte[] KeyOf(Guid organisation) => Derive("field", organisation);

    private byte[] Derive(string purpose, Guid organisation) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, organisation.ToByteArray(), Encoding.ASCII.GetBytes($"ums {purpose} 1"));
}
