using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Speech;

/// <summary>
/// Makes and opens the addresses where providers fetch sound: <c>/speech/{token}</c>. The token is the clip itself and its expiry, sealed, so that nobody can make
/// or read one, any replica can answer it, and nothing need be stored.
/// </summary>
internal sealed class SpeechAddresses(IConfiguration configuration, IOptions<SpeechOptions> options, TimeProvider clock)
{
    private const int LongestToken = 2000;

    /// <summary>The expiry, the silence, and the language's two letters.</summary>
    private const int HeaderLength = 8 + 4 + 2;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("PersonalData"), 32, info: "ums speech 1"u8.ToArray());

    private readonly Uri gateway = new(configuration["Tokens:Issuer"]
        ?? throw new InvalidOperationException("Tokens:Issuer is not set: give the gateway's public address with a trailing slash."));

    public Uri For(Clip clip)
    {
        var plain = new byte[HeaderLength + Encoding.UTF8.GetByteCount(clip.Text)];
        BinaryPrimitives.WriteInt64LittleEndian(plain, (clock.GetUtcNow() + options.Value.Validity).ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(8), clip.PauseMilliseconds);
        Encoding.ASCII.GetBytes(clip.Language, plain.AsSpan(12));
        Encoding.UTF8.GetBytes(clip.Text, plain.AsSpan(HeaderLength));
        return new Uri(gateway, $"speech/{Base64Url.EncodeToString(SealedBox.Seal(key, plain, []))}");
    }

    /// <returns>Null where it is not an address of ours, or not any more.</returns>
    public Clip? Read(string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token))
        {
            return null;
        }
        try
        {
            var plain = SealedBox.Open(key, Base64Url.DecodeFromChars(token), []).AsSpan();
            return BinaryPrimitives.ReadInt64LittleEndian(plain) > clock.GetUtcNow().ToUnixTimeSeconds()
                ? new Clip(Encoding.ASCII.GetString(plain[12..HeaderLength]), Encoding.UTF8.GetString(plain[HeaderLength..]), BinaryPrimitives.ReadInt32LittleEndian(plain[8..]))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
