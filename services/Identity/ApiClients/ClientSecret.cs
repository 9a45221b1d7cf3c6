using System.Buffers.Text;
using System.Security.Cryptography;

namespace Ums.Identity.ApiClients;

internal static class ClientSecret
{
    /// <summary>256 random bits; whoever made it sees it once.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
