using System.Diagnostics;
using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ums.ServiceDefaults.Database;

/// <summary>
/// Creates the database where it is missing and applies the embedded <c>Database/*.sql</c> scripts of ServiceDefaults and the service, in name order, each
/// once. Any number of replicas may start at once: an advisory lock lets one work while the others wait. A server that is not there yet is waited for.
/// </summary>
internal sealed partial class Migration(string connectionString, Assembly service, ILogger<Migration> log) : IHostedService
{
    internal static readonly ActivitySource Source = new("Ums.Database");

    /// <summary>Any number will do, as long as all replicas use the same.</summary>
    private const long LockKey = 0x756D73;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity("migrate database");
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CreateDatabaseAsync(cancellationToken);
                await ApplyAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && Stopwatch.GetElapsedTime(started) < Patience)
            {
                ServerAway(log, attempt, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250 * attempt, 2000)), cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = target.Database! } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(target.Database!);
            await using var create = new NpgsqlCommand($"create database {quoted}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var guard = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await guard.OpenAsync(cancellationToken);
        await LockAsync(guard, cancellationToken);
        var result = DeployChanges.To
            .PostgresqlDatabase(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString)
            .WithScriptsEmbeddedInAssemblies([typeof(Migration).Assembly, service], name => name.EndsWith(".sql", StringComparison.Ordinal) && name.Contains(".Database.", StringComparison.Ordinal))
            .WithScriptNameComparer(ScriptOrder.Instance)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The script {result.ErrorScript?.Name} could not be applied.", result.Error);
        }
        foreach (var script in result.Scripts)
        {
            Applied(log, script.Name);
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } }, CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "The database does not answer yet (attempt {Attempt}): {Reason}")]
    private static partial void ServerAway(ILogger logger, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Information, "Applied {Script}")]
    private static partial void Applied(ILogger logger, string script);

    /// <summary>By file name without the assembly's prefix: 000-ums.sql of ServiceDefaults comes before a service's 001-….sql.</summary>
    private sealed class ScriptOrder : IComparer<string>
    {
        public static readonly ScriptOrder Instance = new();

        public int Compare(string? x, string? y) => string.CompareOrdinal(File(x), File(y));

        private static string File(string? name) => name?[(name.IndexOf(".Database.", StringComparison.Ordinal) + 1)..] ?? "";
    }

    private sealed class NoUpgradeLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) { }

        public void LogDebug(string format, params object[] args) { }

        public void LogInformation(string format, params object[] args) { }

        public void LogWarning(string format, params object[] args) { }

        public void LogError(string format, params object[] args) { }

        public void LogError(Exception ex, string format, params object[] args) { }
    }
}
