using System.Collections.Concurrent;
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

    // Deriving costs more than what a key is then used for, and organisations are few.
    private readonly ConcurrentDictionary<(string Purpose, Guid Organisation), byte[]> derived = new();

    // So does making a cipher, and none may be used by two at once: they are lent out.
    private readonly ConcurrentDictionary<Guid, ConcurrentBag<AesGcm>> ciphers = new();

    public byte[] Seal(Guid organisation, string text) => SealBytes(organisation, Encoding.UTF8.GetBytes(text));

    public string Open(Guid organisation, byte[] box) => Encoding.UTF8.GetString(OpenBytes(organisation, box));

    /// <summary>The same for what is no text, such as a piece of a file.</summary>
    public byte[] SealBytes(Guid organisation, ReadOnlySpan<byte> bytes)
    {
        var (idle, cipher) = Lend(organisation);
        var box = SealedBox.Seal(cipher, bytes, organisation.ToByteArray());
        idle.Add(cipher);
        return box;
    }

    public byte[] OpenBytes(Guid organisation, byte[] box)
    {
        var (idle, cipher) = Lend(organisation);
        var bytes = SealedBox.Open(cipher, box, organisation.ToByteArray());
        // After a fault it is not handed back: nobody knows what state it is in.
        idle.Add(cipher);
        return bytes;
    }

    /// <summary>The blind index of a value: equal values in one organisation have equal indexes, and no index tells its value without the key.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] Index(Guid organisation, string value) =>
        HMACSHA256.HashData(Derive("index", organisation), Encoding.UTF8.GetBytes(value));

    private (ConcurrentBag<AesGcm> Idle, AesGcm Cipher) Lend(Guid organisation)
    {
        var idle = ciphers.GetOrAdd(organisation, _ => []);
        return (idle, idle.TryTake(out var cipher) ? cipher : SealedBox.Cipher(Derive("field", organisation)));
    }

    private byte[] Derive(string purpose, Guid organisation) => derived.GetOrAdd((purpose, organisation), static (key, master) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, key.Organisation.ToByteArray(), Encoding.ASCII.GetBytes($"ums {key.Purpose} 1")), master);
}
