using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Ums.Local.Processes;
using Ums.Local.Servers;
using Ums.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Ums.Local.Tests.Servers;

/// <summary>A machine is lost; another begins with its backup.</summary>
public sealed class BackupTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Canary = "+46701740699";
    private const int Rows = 50_000;

    private static readonly string Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("a key for this test, 32 bytes…"));

    private readonly string directory = Directory.CreateTempSubdirectory("ums-backup-").FullName;
    private readonly List<Supervised> servers = [];

    private Backup Kept => new(Path.Combine(directory, "backup"), Key);

    public Task InitializeAsync()
    {
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task what_was_archived_is_there_again_on_an_empty_machine_and_the_backup_tells_nobody_anything()
    {
        var first = New("first", backup: Kept);
        await first.PrepareBackupAsync();
        var running = await StartAsync(first);
        await ExecuteAsync(first, $"create table contacts as select i as id, '{Canary}' as phone from generate_series(1, {Rows}) i");
        await first.BackUpAsync();
        await ExecuteAsync(first, $"insert into contacts select i, '{Canary}' from generate_series({Rows + 1}, {2 * Rows}) i");
        await ArchivedAsync(first);
        await ExecuteAsync(first, "insert into contacts values (0, 'newer than what was archived')");
        await running.StopAsync(new CancellationToken(canceled: true)); // kill -9
        Directory.Delete(Path.Combine(directory, "first"), recursive: true);

        var since = Stopwatch.GetTimestamp();
        var second = New("second", restored: Kept);
        await second.RestoreAsync();
        await StartAsync(second);
        var took = Stopwatch.GetElapsedTime(since);

        Assert.Equal(2L * Rows, await ExecuteAsync(second, "select count(*) from contacts where id > 0"));
        Assert.Equal((long)Rows * (2L * Rows + 1), await ExecuteAsync(second, "select sum(id::bigint)::bigint from contacts"));
        await ExecuteAsync(second, "insert into contacts values (-1, 'it takes new rows')");
        Assert.Empty(InClear());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{2 * Rows} rows, {Size() / 1024} KiB of backup, restored and answering after {took.TotalSeconds:0.0} s"));
    }

    [Fact]
    public async Task a_wrong_key_a_missing_copy_and_data_that_is_there_are_refused()
    {
        var first = New("first", backup: Kept);
        await first.PrepareBackupAsync();
        var running = await StartAsync(first);
        await first.BackUpAsync();
        await running.StopAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => New("second", restored: Kept with { Key = "not the key" }).RestoreAsync());
        Assert.False(Directory.Exists(Path.Combine(directory, "second", "data")));
        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => New("third", restored: new Backup(Path.Combine(directory, "nothing"), Key)).RestoreAsync());
        Assert.Contains("No backup is in", none.Message, StringComparison.Ordinal);
        var taken = await Assert.ThrowsAsync<InvalidOperationException>(() => New("first", restored: Kept).RestoreAsync());
        Assert.Contains("holds a database", taken.Message, StringComparison.Ordinal);
        var mixed = await Assert.ThrowsAsync<InvalidOperationException>(() => New("fourth", backup: Kept).PrepareBackupAsync());
        Assert.Contains("the backup of another database", mixed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_spoilt_piece_of_log_stops_the_restore_instead_of_ending_it_early()
    {
        var first = New("first", backup: Kept);
        await first.PrepareBackupAsync();
        var running = await StartAsync(first);
        await first.BackUpAsync();
        await ExecuteAsync(first, "create table contacts as select 1 as id");
        await ArchivedAsync(first);
        await running.StopAsync();
        foreach (var piece in Directory.EnumerateFiles(Kept.At("wal"), "*.gz.enc").Order(StringComparer.Ordinal).TakeLast(2))
            await File.WriteAllBytesAsync(piece, (await File.ReadAllBytesAsync(piece))[..^40]);

        var second = New("second", restored: Kept);
        await second.RestoreAsync();
        var restored = Supervise(second);
        restored.Start();

        await Eventually.TrueAsync(() => restored.Restarts > 0);
        Assert.False(restored.Ready.IsCompleted);
    }

    [Fact]
    public async Task the_two_newest_copies_are_kept_with_the_log_that_they_need()
    {
        var first = New("first", backup: Kept);
        await first.PrepareBackupAsync();
        await StartAsync(first);
        var copies = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await ExecuteAsync(first, $"create table a{i} as select 1 as id");
            await Task.Delay(1000 - DateTime.UtcNow.Millisecond); // the name of a copy has its second
            copies.Add(await first.BackUpAsync());
        }

        Assert.Equal(copies.TakeLast(2), Kept.Bases());
        var oldest = Path.GetFileName(copies[1])[17..41];
        var pieces = Directory.EnumerateFiles(Kept.At("wal")).Select(file => Path.GetFileName(file)).ToList();
        Assert.Contains(oldest + ".gz.enc", pieces);
        Assert.DoesNotContain(pieces, piece => string.CompareOrdinal(piece[..24], oldest) < 0);
    }

    private Postgres New(string name, Backup? backup = null, Backup? restored = null) =>
        new(Path.Combine(directory, name), Ports.Free(), "private") { Backup = backup, Restored = restored, ThrowAway = true };

    private Supervised Supervise(Postgres postgres)
    {
        var server = new Supervised(postgres.Name, postgres.Address, postgres.PrepareAsync, postgres.IsReadyAsync) ;
        servers.Add(server);
        return server;
    }

    private async Task<Supervised> StartAsync(Postgres postgres)
    {
        var server = Supervise(postgres);
        server.Start();
        await server.Ready.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    /// <summary>Ends the piece of log that is being written, as a minute does, and waits until it is kept.</summary>
    private static async Task ArchivedAsync(Postgres postgres)
    {
        var piece = (string)(await ExecuteAsync(postgres, "select pg_walfile_name(pg_switch_wal())"))!;
        await Eventually.TrueAsync(async () => await ExecuteAsync(postgres, $"select 1 from pg_stat_archiver where last_archived_wal >= '{piece}'") is not null);
    }

    private static async Task<object?> ExecuteAsync(Postgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Files of the backup that hold the canary, are not sealed, or open as packed only.</summary>
    private List<string> InClear() => [.. Files().Where(file =>
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(Encoding.ASCII.GetBytes(Canary)) >= 0 || (Path.GetFileName(file) != "cluster" && !bytes.StartsWith("Salted__"u8));
    })];

    private long Size() => Files().Sum(file => new FileInfo(file).Length);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Kept.Directory, "*", SearchOption.AllDirectories);
}
