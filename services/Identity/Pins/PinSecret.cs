using System.Security.Cryptography;
using System.Text;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

/// <summary>
/// Keeps PINs unreadable at rest. A million PINs are tried in a second whatever the hash costs, so what protects them is a key outside the database
/// (<c>Keys:Pins</c>) and their ten minutes, not a slow hash. The salt is of the row, and the request's id is hashed along.
/// </summary>
internal sealed class PinSecret(IConfiguration configuration)
{
    private readonly byte[] pepper = configuration.Required("Pins");

    public (byte[] Salt, byte[] Hash) Hash(Guid request, Pin pin)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return (salt, Hash(request, salt, pin));
    }

    /// <summary>In the same time whether it matches, nearly matches or not. Only <see cref="PinVerifier"/> may ask, and it counts first.</summary>
    public bool Matches(Guid request, byte[] salt, byte[] hash, Pin pin) => CryptographicOperations.FixedTimeEquals(Hash(request, salt, pin), hash);

    private byte[] Hash(Guid request, byte[] salt, Pin pin) =>
        HMACSHA256.HashData(pepper, (byte[])[.. salt, .. request.ToByteArray(), .. Encoding.ASCII.GetBytes(pin.Digits)]);
}
