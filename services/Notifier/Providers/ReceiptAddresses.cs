using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Providers;

/// <summary>
/// Makes and checks the addresses that providers report to: <c>/webhooks/{provider}/{token}</c>. The token is the attempt's id and a keyed hash of provider and
/// id, so that who was not given the address cannot report, and a provider's address is no use at another's.
/// </summary>
internal sealed class ReceiptAddresses(IConfiguration configuration)
{
    private const int IdLength = 16;
    private const int TokenLength = IdLength + HMACSHA256.HashSizeInBytes;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("PersonalData"), 32, info: "ums receipts 1"u8.ToArray());

    private readonly Uri gateway = new(configuration["Tokens:Issuer"]
        ?? throw new InvalidOperationException("Tokens:Issuer is not set: give the gateway's public address with a trailing slash."));

    public Uri For(string provider, Guid attemptId)
    {
        var token = new byte[TokenLength];
        attemptId.TryWriteBytes(token);
        Mac(provider, attemptId).CopyTo(token, IdLength);
        return new Uri(gateway, $"webhooks/{provider}/{Base64Url.EncodeToString(token)}");
    }

    /// <summary>The address as whoever was given it knows it, whatever the way to us was.</summary>
    public Uri Public(PathString path) => new(gateway, path.ToUriComponent().TrimStart('/'));

    public bool TryRead(string provider, string token, out Guid attemptId)
    {
        attemptId = Guid.Empty;
        Span<byte> bytes = stackalloc byte[TokenLength];
        if (!Base64Url.IsValid(token, out var length) || length != TokenLength || !Base64Url.TryDecodeFromChars(token, bytes, out _))
        {
            return false;
        }
        attemptId = new Guid(bytes[..IdLength]);
        return CryptographicOperations.FixedTimeEquals(Mac(provider, attemptId), bytes[IdLength..]);
    }

    private byte[] Mac(string provider, Guid attemptId)
    {
        byte[] text = [.. attemptId.ToByteArray(), .. Encoding.UTF8.GetBytes(provider)];
        return HMACSHA256.HashData(key, text);
    }
}
