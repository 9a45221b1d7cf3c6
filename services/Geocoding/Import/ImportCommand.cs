using System.Globalization;
using System.Text;
using Npgsql;
using Ums.Geocoding.Addresses;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import;

/// <summary><c>import</c> on the command line: one import, watched until its end.</summary>
internal static class ImportCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--help" or "-h"])
        {
            Console.WriteLine(ImportArguments.Usage);
            return 0;
        }
        try
        {
            return await RunAsync(ImportArguments.Parse(arguments));
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{ImportArguments.Usage}");
            return 2;
        }
    }

    private static async Task<int> RunAsync(ImportArguments arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, stop.CancelAsync());
        try
        {
            using var host = Host();
            await host.Services.MigrateAsync(stop.Token);
            var import = host.Services.GetRequiredService<ImportAddresses>();
            var request = new ImportRequest(arguments.Source, arguments.Format, arguments.Files);
            var result = await ImportScreen.WatchAsync(report => Task.Run(() => import.RunAsync(request, report, stop.Token)));
            await ReportAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), arguments, result);
            return 0;
        }
        catch (ImportException e)
        {
            await Console.Error.WriteLineAsync($"Nothing was imported. {e.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command goes on from here.");
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\nNothing was imported so far. The same command goes on from here.");
        }
        return 1;
    }

    private static IHost Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddUmsDatabase<AddressesDbContext>("geocodingdb");
        builder.AddImporter();
        return builder.Build();
    }

    private static async Task ReportAsync(NpgsqlDataSource database, ImportArguments arguments, ImportResult result)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {arguments.Source}: {result.Rows:N0} rows read{(result.Resumed ? " (some by an earlier try)" : "")}, {result.Refused:N0} refused, in {result.Took.TotalSeconds:N1} s
            {result.Added:N0} added, {result.Changed:N0} changed, {result.Gone:N0} gone, {result.Unchanged:N0} unchanged; {result.Streets:N0} streets
            """));
        foreach (var reason in await RefusedRows.CountAsync(database, result.Id, CancellationToken.None))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  refused {reason.Rows:N0}: {reason.Field} {reason.Reason}"));
        }
        if (arguments.Report is { } file || result.Refused > 0)
        {
            var path = arguments.Report ?? $"refused-{arguments.Source}.csv";
            await using var report = new StreamWriter(path, append: false, Encoding.UTF8);
            await RefusedRows.WriteAsync(database, result.Id, report, CancellationToken.None);
            Console.WriteLine($"The refused rows: {path}");
        }
    }
}
