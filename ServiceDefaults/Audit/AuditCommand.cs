using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Audit;

/// <summary>
/// <c>audit verify</c> on a service's command line. Its output ends with one line of JSON, the heads; kept in a file outside, a later <c>--since FILE</c> finds
/// that rows were cut off.
/// </summary>
public static class AuditCommand
{
    private const string Usage = """
        Usage: audit verify [--since FILE]

        Works every hash of the audit out anew and says what does not fit. The last line is JSON, the end of each organisation's
        chain; a file that ends with such a line of an earlier day, given with --since, shows that nothing has been cut off since.
        """;

    /// <param name="connection">The name of the service's connection string.</param>
    /// <returns>0 where every chain holds, 1 where one does not, 2 where it was asked wrongly.</returns>
    public static async Task<int> RunAsync<TContext>(string[] arguments, string connection) where TContext : UmsDbContext
    {
        if (arguments is not (["verify"] or ["verify", "--since", _]))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        try
        {
            IReadOnlyCollection<AuditHead> earlier = arguments is [_, _, var file] ? JsonSerializer.Deserialize<AuditHead[]>((await File.ReadAllLinesAsync(file))[^1])! : [];
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.AddUmsDatabase<TContext>(connection);
            builder.AddAudit();
            using var host = builder.Build();
            var found = await host.Services.GetRequiredService<VerifyAudit>().RunAsync(earlier, CancellationToken.None);
            foreach (var fault in found.Faults)
            {
                Console.WriteLine(fault);
            }
            Console.WriteLine($"{found.Rows} rows of {found.Heads.Count} organisations: {(found.Faults.Count == 0 ? "every hash fits" : "the audit does not hold")}");
            Console.WriteLine(JsonSerializer.Serialize(found.Heads));
            return found.Faults.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException or JsonException or IndexOutOfRangeException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
