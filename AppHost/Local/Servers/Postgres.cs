using System.Globalization;
using Npgsql;
using Ums.Local.Processes;

namespace Ums.Local.Servers;

/// <summary>A private PostgreSQL: own directory, own port, loopback only, never the system's.</summary>
internal sealed partial class Postgres(string directory, int port, string password) : IServer
{
    /// <summary>PostgreSQL refuses to run as root, so root lends it this user, which Debian's package makes.</summary>
    private static readonly string? User = Environment.IsPrivilegedProcess ? "postgres" : null;

    public string Name => "postgres";

    public string Address => $"127.0.0.1:{port}";

    /// <summary>For data that nobody needs after a crash: commits no longer wait for the disk, which makes a test run several times faster.</summary>
    public bool ThrowAway { get; init; }

    // Past the link that MakeHomeAsync may have made: the way along it is closed to the other user.
    private string Home => new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory;

    private string Data => Path.Combine(Home, "data");

    /// <summary>Npgsql's form. The user owns everything: services make their database with it, and work as a lesser role.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = port, Username = "postgres", Password = password, Database = database,
    }.ConnectionString;

    public async Task<Command> PrepareAsync()
    {
        await MakeHomeAsync();
        if (!HasData)
            await InitialiseAsync();
        return Postgresql("postgres", ["-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), .. Settings()]) with
        {
            StopSignal = Signal.Interrupt, // "fast": sessions are ended; with SIGTERM it would wait for them
            DeathSignal = Signal.Interrupt,
        };
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        var probe = new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false, Timeout = 2 };
        try
        {
            await using var connection = new NpgsqlConnection(probe.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether there is a database from an earlier start.</summary>
    public bool HasData => File.Exists(Path.Combine(directory, "data", "PG_VERSION"));

    private IEnumerable<string> Settings()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=", // a path under a long directory would not fit into a socket's name
            "max_connections=400",
            "shared_buffers=512MB", // a million people's rows do not fit into the 128 MB it starts with, and come from the system over and over
            "log_min_messages=warning",
            "hot_standby=off", // who connects while a backup is being restored would find the past, and could not write
            .. Backup is null ? [] : Servers.Backup.ArchiveSettings,
            .. Restored is null ? [] : Servers.Backup.RestoreSettings,
            .. (ThrowAway ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB"] : Array.Empty<string>()),
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }

    // Begun in a directory beside and renamed when done: an interrupted first start does not leave half a cluster.
    private async Task BeginAsync(Func<string, Task> fill)
    {
        var begun = Data + ".new";
        if (Directory.Exists(begun))
            Directory.Delete(begun, recursive: true);
        await fill(begun);
        Directory.Move(begun, Data);
    }

    private Task InitialiseAsync() => BeginAsync(async begun =>
    {
        var secret = Path.Combine(Home, "password");
        await OwnerOnly.WriteAsync(secret, password);
        try
        {
            if (User is not null)
                await Child.RunAsync(new Command("chown", "-R", User, Home));
            await Child.RunAsync(Postgresql("initdb", ["-D", begun, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8",
                "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=sv-SE", "--data-checksums", .. (ThrowAway ? ["--no-sync"] : Array.Empty<string>())]));
        }
        finally
        {
            File.Delete(secret);
        }
    });

    /// <summary>
    /// Makes the directory. Root's PostgreSQL runs as another user, who may have no way into the repository (below /root, say): then the
    /// directory lies in /var/lib and a link points there.
    /// </summary>
    private async Task MakeHomeAsync()
    {
        if (Directory.Exists(directory))
            return;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        if (User is null || await MayEnterAsync(Path.GetDirectoryName(directory)!))
            return;
        var elsewhere = Path.Combine("/var/lib/ums-local", Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(elsewhere);
        Directory.Delete(directory);
        Directory.CreateSymbolicLink(directory, elsewhere);
    }

    private static async Task<bool> MayEnterAsync(string path)
    {
        try
        {
            await Child.RunAsync(new Command("test", "-x", path) { User = User });
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private Command Postgresql(string program, params IReadOnlyList<string> arguments) => new(Path.Combine(Installed.PostgresPrograms, program), arguments)
    {
        User = User,
        Environment = new Dictionary<string, string>(BackupEnvironment) { ["HOME"] = Home, ["LC_ALL"] = "C.UTF-8" },
    };
}
