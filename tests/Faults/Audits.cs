using Npgsql;
using Ums.AppHost;
using Ums.Local.Launch;
using Ums.Testing;

namespace Ums.Faults;

/// <summary>The audits' chains after everything that has happened: each must hold, and must not hold once a row has been changed.</summary>
internal static class Audits
{
    private static readonly string[] Keepers = ["identity", "contacts", "notifier"];

    /// <returns>What does not hold that should, or holds that should not; the rows are as they were afterwards.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(RunningSystem system, string key)
    {
        var faults = new List<string>();
        foreach (var service in Topology.Services.Where(service => Keepers.Contains(service.Name)))
        {
            var (code, said) = await VerifyAsync(system, service, key);
            if (code != 0)
            {
                faults.Add($"{service.Name}'s audit: {said}");
            }
        }
        // An alert is written, submitted and approved for each fault: there is a row.
        var notifier = Topology.Services.Single(service => service.Name == "notifier");
        await ExecuteAsync(system, notifier, "update audit_log set action = action || '!' where position = 1");
        if (await VerifyAsync(system, notifier, key) is (not 1, var missed))
        {
            faults.Add($"a changed row of the audit was not found: {missed}");
        }
        await ExecuteAsync(system, notifier, "update audit_log set action = rtrim(action, '!') where position = 1");
        return faults;
    }

    private static Task<(int Code, string Said)> VerifyAsync(RunningSystem system, Service service, string key) =>
        AuditProcess.VerifyAsync(Build.OutputOf(service, new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name), service.Database!, system.ConnectionString(service.Database!), key);

    private static async Task ExecuteAsync(RunningSystem system, Service service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(system.ConnectionString(service.Database!));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
