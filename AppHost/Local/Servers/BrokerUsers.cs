using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ums.Local.Servers;

/// <summary>
/// The broker's users: one per service with the permissions that its messages need, and an administrator for the launcher. There is no guest:
/// RabbitMQ makes none where it loads definitions.
/// </summary>
internal sealed class BrokerUsers(Func<string, string> password, IEnumerable<string> services)
{
    public const string Administrator = "administrator";

    private readonly List<string> services = [.. services];

    public string Password(string user) => password(user);

    /// <summary>What the broker loads at each start, so that permissions follow the code.</summary>
    public string Definitions(string virtualHost) => JsonSerializer.Serialize(new
    {
        vhosts = new[] { new { name = virtualHost } },
        users = services.Select(service => User(service)).Append(User(Administrator, "administrator")),
        permissions = services.Select(service => Entry(service, virtualHost, BrokerPermissions.Of(service)))
            .Append(Entry(Administrator, virtualHost, BrokerPermissions.Everything)),
    });

    private object User(string name, params string[] tags) =>
        new { name, password_hash = Hash(password(name)), hashing_algorithm = "rabbit_password_hashing_sha256", tags };

    private static object Entry(string user, string virtualHost, BrokerPermissions permissions) =>
        new { user, vhost = virtualHost, configure = permissions.Configure, write = permissions.Write, read = permissions.Read };

    // RabbitMQ's form: four bytes of salt, then SHA-256 over salt and password.
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
