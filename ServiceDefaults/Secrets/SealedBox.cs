using System.Security.Cryptography;

namespace Ums.ServiceDefaults.Secrets;

/// <summary>AES-256-GCM. A sealed body is version (1 byte), nonce (12), tag (16), ciphertext; the context it belongs to is authenticated with it.</summary>
public static class SealedBox
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        using var aes = Cipher(key);
        return Seal(aes, plain, context);
    }

    /// <exception cref="CryptographicException">Not sealed by this key for this context, or altered since.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        using var aes = Cipher(key);
        return Open(aes, box, context);
    }

    /// <summary>For many bodies under one key; no two threads may use a cipher at once.</summary>
    internal static AesGcm Cipher(ReadOnlySpan<byte> key) => new(key, TagLength);

    internal static byte[] Seal(AesGcm aes, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var box = new byte[HeaderLength + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceLength);
        Nonces.Fill(nonce);
        aes.Encrypt(nonce, plain, box.AsSpan(HeaderLength), box.AsSpan(1 + NonceLength, TagLength), context);
        return box;
    }

    internal static byte[] Open(AesGcm aes, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < HeaderLength || box[0] != Version)
        {
            throw new CryptographicException("Not a sealed body.");
        }
        var plain = new byte[box.Length - HeaderLength];
        aes.Decrypt(box.Slice(1, NonceLength), box[HeaderLength..], box.Slice(1 + NonceLength, TagLength), plain, context);
        return plain;
    }
}
