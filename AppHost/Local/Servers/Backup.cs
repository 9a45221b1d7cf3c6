using System.Globalization;
using Ums.Local.Processes;

namespace Ums.Local.Servers;

/// <summary>
/// One PostgreSQL's backups in one directory: whole copies in base/, and in wal/ each piece of its write-ahead log, once full or a minute old. Everything is
/// packed and then encrypted (gzip and openssl, which also open it without us), so the directory may lie anywhere; the key is not in it.
/// </summary>
/// <param name="Key">A password of full strength.</param>
internal sealed record Backup(string Directory, string Key)
{
    private const string Seal = "openssl enc -aes-256-cbc -pbkdf2 -pass env:UMS_BACKUP_KEY";

    // Whole copies that are kept: should the last one be unreadable, there is one before it.
    private const int Kept = 2;

    /// <summary>For PostgreSQL that is backed up. A piece counts as kept once it is on the disk under its name.</summary>
    public static IEnumerable<string> ArchiveSettings =>
    [
        "archive_mode=on",
        "archive_timeout=60",
        "archive_command=" + Bash($"""to="$UMS_BACKUP/wal/$1.gz.enc"; gzip -1 < "$0" | {Seal} -out "$to.part"; sync "$to.part"; mv "$to.part" "$to" """) + " %p %f",
    ];

    /// <summary>For PostgreSQL that is being restored. Where the log ends it starts; a piece that is there and cannot be opened (255) stops it instead.</summary>
    public static IEnumerable<string> RestoreSettings =>
    [
        "recovery_target_timeline=latest",
        "restore_command=" + Bash($"""from="$UMS_RESTORE/wal/$0.gz.enc"; [ -f "$from" ] || exit 1; {Seal} -d -in "$from" | gzip -d > "$1" || exit 255""") + " %f %p",
    ];

    /// <summary>The newest whole copy.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public string Newest => Bases().LastOrDefault() ?? throw new InvalidOperationException($"No backup is in {Directory}: there is no file in {At("base")}.");

    private string Cluster => At("cluster");

    /// <summary>What the programs need to know; they are given no secret on a command line, where everybody could read it.</summary>
    public static Dictionary<string, string> Environment(Backup? kept, Backup? restored)
    {
        var variables = new Dictionary<string, string>();
        if (kept is not null)
            variables["UMS_BACKUP"] = kept.Directory;
        if (restored is not null)
            variables["UMS_RESTORE"] = restored.Directory;
        if ((kept ?? restored) is { Key: var key })
            variables["UMS_BACKUP_KEY"] = key;
        return variables;
    }

    public string At(string name) => Path.Combine(Directory, name);

    public IEnumerable<string> Bases() => System.IO.Directory.Exists(At("base"))
        ? System.IO.Directory.EnumerateFiles(At("base"), "*.tar.gz.enc").Order(StringComparer.Ordinal)
        : [];

    /// <summary>Makes the directories, for the user that PostgreSQL runs as.</summary>
    public async Task MakeAsync(string? user)
    {
        foreach (var directory in new[] { Directory, At("base"), At("wal") })
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (user is not null)
            await Child.RunAsync(new Command("chown", user, Directory, At("base"), At("wal")));
        foreach (var unfinished in System.IO.Directory.EnumerateFiles(At("base"), "*.part"))
            File.Delete(unfinished);
    }

    /// <summary>Two databases' logs have pieces of the same names: the second would write over the first's.</summary>
    /// <param name="cluster">PostgreSQL's own identifier of its data; null for data not yet made.</param>
    /// <exception cref="InvalidOperationException">The directory holds another's backup.</exception>
    public void AssertOurs(string? cluster)
    {
        if (File.Exists(Cluster) && File.ReadAllText(Cluster).Trim() != cluster)
            throw new InvalidOperationException($"{Directory} holds the backup of another database. Give this one a directory of its own.");
    }

    public Task ClaimAsync(string cluster) => File.WriteAllTextAsync(Cluster, cluster + "\n");

    /// <summary>How to make a whole copy, beside the running server.</summary>
    /// <param name="source">pg_basebackup with where to connect.</param>
    /// <param name="firstPiece">The piece of log that the copy begins in.</param>
    public (string File, string Script) NewBase(string source, string firstPiece, DateTimeOffset now)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"{At("base")}/{now:yyyyMMdd'T'HHmmss'Z'}-{firstPiece}.tar.gz.enc");
        return (file, $"""{source} -D - -Ft -X none -c fast | gzip -1 | {Seal} -out "$0.part"; sync "$0.part"; mv "$0.part" "$0" """);
    }

    /// <summary>Unpacks a whole copy into the working directory.</summary>
    public static string OpenBase => $"""{Seal} -d -in "$0" | tar -xz; touch recovery.signal""";

    /// <summary>Removes what the copies that are kept do not need.</summary>
    public void Prune()
    {
        var bases = Bases().ToList();
        foreach (var old in bases.SkipLast(Kept))
            File.Delete(old);
        var first = PieceOf(Path.GetFileName(bases.TakeLast(Kept).First())[17..]);
        foreach (var piece in System.IO.Directory.EnumerateFiles(At("wal"), "*.enc").Where(file => !file.Contains(".history", StringComparison.Ordinal)))
        {
            if (string.CompareOrdinal(PieceOf(Path.GetFileName(piece)), first) < 0)
                File.Delete(piece);
        }

        // Without the timeline, its first eight digits, which changes with each restore.
        static string PieceOf(string name) => name[8..24];
    }

    // PostgreSQL splits no words; its shell does. None of the scripts holds a single quote.
    private static string Bash(string script) => $"bash -euo pipefail -c '{script.Trim()}'";
}
