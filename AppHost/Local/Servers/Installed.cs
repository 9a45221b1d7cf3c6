using System.Globalization;

namespace Ums.Local.Servers;

/// <summary>Where Debian's packages put the servers' programs. The wrappers on the PATH are made for the system's own services and will not do.</summary>
internal static class Installed
{
    public const string RabbitMqServer = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static readonly Lazy<string> Postgres = new(FindPostgres);

    /// <summary>The newest PostgreSQL that PostGIS is installed for.</summary>
    public static string PostgresPrograms => Postgres.Value;

    private static string FindPostgres() => Versions()
        .Where(version => File.Exists($"/usr/share/postgresql/{version}/extension/postgis.control"))
        .Select(version => $"/usr/lib/postgresql/{version}/bin")
        .FirstOrDefault(programs => File.Exists(Path.Combine(programs, "initdb")))
        ?? throw new InvalidOperationException("PostgreSQL with PostGIS is not installed: apt-get install postgresql-15-postgis-3 (./run does it where it may).");

    private static IEnumerable<int> Versions() => !Directory.Exists("/usr/lib/postgresql") ? [] : Directory.GetDirectories("/usr/lib/postgresql")
        .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
        .OrderDescending();
}
