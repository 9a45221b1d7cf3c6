using System.Globalization;
using Npgsql;
using Ums.Local.Processes;

namespace Ums.Local.Servers;

internal sealed partial class Postgres
{
    /// <summary>Where its backups go, if anywhere.</summary>
    public Backup? Backup { get; init; }

    /// <summary>Whose data to begin with.</summary>
    public Backup? Restored { get; init; }

    private Dictionary<string, string> BackupEnvironment => Servers.Backup.Environment(Backup, Restored);

    /// <summary>Sees that backups can be taken here, before anything is written.</summary>
    /// <exception cref="InvalidOperationException">They cannot, and why.</exception>
    public async Task PrepareBackupAsync()
    {
        await Backup!.MakeAsync(User);
        if (!await MayEnterAsync(Backup.Directory))
            throw new InvalidOperationException($"PostgreSQL runs as the user {User} here, who finds no way into {Backup.Directory}.");
        Backup.AssertOurs(HasData || Restored is not null ? await IdentifierAsync() : null);
    }

    /// <summary>Takes a whole copy of the running server.</summary>
    /// <returns>Its file.</returns>
    public async Task<string> BackUpAsync()
    {
        var piece = await AskAsync("select pg_walfile_name(pg_current_wal_lsn())", CancellationToken.None);
        var program = Path.Combine(Installed.PostgresPrograms, "pg_basebackup");
        var (file, script) = Backup!.NewBase(string.Create(CultureInfo.InvariantCulture, $"{program} -h 127.0.0.1 -p {port} -U postgres"), piece!, DateTimeOffset.UtcNow);
        await Backup.ClaimAsync(await IdentifierAsync());
        await Child.RunAsync(Script(script, file));
        Backup.Prune();
        return file;
    }

    /// <summary>What stands in the way of the log on its way into the backup, if anything.</summary>
    public Task<string?> ArchiveFaultAsync(CancellationToken cancellationToken) => AskAsync("""
        select format('%s has not been archived after %s tries, last at %s', last_failed_wal, failed_count, last_failed_time::timestamp(0))
        from pg_stat_archiver where last_failed_time > coalesce(last_archived_time, '-infinity')
        """, cancellationToken);

    /// <summary>Puts a whole copy in place; the log since then follows when the server starts.</summary>
    /// <exception cref="InvalidOperationException">There is data already, or no copy, or the key does not fit.</exception>
    public async Task RestoreAsync()
    {
        await MakeHomeAsync();
        if (File.Exists(Path.Combine(Data, "recovery.signal")))
            return; // an earlier restore got as far as the log, and goes on from there
        if (HasData)
            throw new InvalidOperationException($"{directory} holds a database. Move it out of the way, or restore into another directory: --state DIR.");
        await BeginAsync(async begun =>
        {
            Directory.CreateDirectory(begun, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (User is not null)
                await Child.RunAsync(new Command("chown", "-R", User, Home));
            await Child.RunAsync(Script(Servers.Backup.OpenBase, Restored!.Newest) with { Directory = begun });
        });
    }

    private async Task<string?> AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>What PostgreSQL itself calls this data, whether it runs or not.</summary>
    private async Task<string> IdentifierAsync()
    {
        var control = await Child.RunAsync(Postgresql("pg_controldata", "-D", Data));
        return control.Split('\n').Single(line => line.StartsWith("Database system identifier", StringComparison.Ordinal)).Split(':')[1].Trim();
    }

    private Command Script(string script, string argument) => new("bash", "-euo", "pipefail", "-c", script.Trim(), argument)
    {
        User = User,
        Environment = new Dictionary<string, string>(BackupEnvironment) { ["HOME"] = Home, ["LC_ALL"] = "C.UTF-8", ["PGPASSWORD"] = password },
    };
}
