using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Geocoding.Import;
using Ums.Geocoding.Import.Formats;
using Ums.ServiceDefaults.Files;
using Xunit;

namespace Ums.Geocoding.Tests.Import;

/// <summary>Geocoding with an empty folder for files, and what imports out of it.</summary>
public sealed class ImportFixture : GeocodingFixture
{
    private readonly string folder = Directory.CreateTempSubdirectory("ums-import-tests-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Import:Directory"] = Path.Combine(folder, "received");
        settings["Import:MaxBytes"] = "1000000";
    }

    internal static string Row(string id, string street = "Provgatan", string number = "1", string latitude = "59.31", string longitude = "18.07", string postcode = "11829") =>
        $"{id},{street},{number},,{postcode},Provort,0180,{latitude},{longitude},,,,";

    internal static string Csv(params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(OwnCsv.Header)) + "\n";

    internal string File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    internal string File(string name, byte[] bytes)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    internal Task<ImportResult> ImportAsync(string source, string format, params string[] files) => ImportAsync(source, format, new ImportOptions(), files);

    internal Task<ImportResult> ImportAsync(
        string source, string format, ImportOptions options, string[] files, Action<ImportProgress>? report = null, CancellationToken cancellationToken = default)
    {
        options.Directory = Path.Combine(folder, "unpacked");
        var import = new ImportAddresses(Services.GetRequiredService<NpgsqlDataSource>(), Options.Create(options));
        return import.RunAsync(new ImportRequest(source, format, files), report ?? (_ => { }), cancellationToken);
    }

    /// <summary>The import must fail, leave nothing behind, and leave alone what there was.</summary>
    internal async Task<string> RefusedWholeAsync(string source, string format, ImportOptions options, params string[] files)
    {
        var (before, tables) = (await StateAsync(source), await TablesAsync());
        var failed = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(source, format, options, files));
        Assert.Equal(before, await StateAsync(source));
        Assert.Equal(tables, await TablesAsync());
        Assert.Equal("failed", await QueryAsync<string>("select state from imports where source = $1 order by created_at desc limit 1", source));
        Assert.False(Directory.Exists(options.Directory) && Directory.EnumerateFileSystemEntries(options.Directory).Any(), "Something unpacked was left.");
        return failed.Message;
    }

    internal async Task<string> ReportAsync(Guid import)
    {
        await using var report = new StringWriter();
        await RefusedRows.WriteAsync(Services.GetRequiredService<NpgsqlDataSource>(), import, report, CancellationToken.None);
        return report.ToString();
    }

    internal Task<long> CountAsync(string source) => QueryAsync<long>("select count(*) from addresses where source = $1", source);

    private Task<string?> StateAsync(string source) => QueryAsync<string>(
        "select coalesce((select version || loaded_at from sources where name = $1), '') || (select count(*) || coalesce(string_agg(id || street, ',' order by id), '') from addresses where source = $1)", source);

    private Task<long> TablesAsync() => QueryAsync<long>("select count(*) from pg_class where relname ~ '^addresses_[0-9a-f]{32}$'");
}
