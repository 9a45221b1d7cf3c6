using Microsoft.Extensions.Configuration;

namespace Ums.ServiceDefaults.Secrets;

/// <summary>Reads the 256-bit keys that stand in the configuration section <c>Keys</c>. None has a default.</summary>
public static class Keys
{
    /// <param name="name">Such as <c>PersonalData</c>.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="InvalidOperationException">The key is missing or not 32 bytes in base64.</exception>
    public static byte[] Required(this IConfiguration configuration, string name)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(configuration[$"Keys:{name}"] ?? "", bytes, out var written) && written == 32
            ? bytes
            : throw new InvalidOperationException($"Keys:{name} is not set: give 32 random bytes in base64, for instance from 'openssl rand -base64 32'.");
    }
}
