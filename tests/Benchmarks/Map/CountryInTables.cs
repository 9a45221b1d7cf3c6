using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Ums.Geocoding.Addresses;
using Ums.Geocoding.Import;
using Ums.ServiceDefaults.Database;

namespace Ums.Benchmarks.Map;

/// <summary>Geocoding's own tables, with the addresses of a file imported into them.</summary>
internal sealed class CountryInTables : IAsyncDisposable
{
    private const string Name = "geocodingdb";

    private readonly IHost host;

    private CountryInTables(IHost host) => this.host = host;

    public NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    public long Addresses { get; private set; }

    public long Streets { get; private set; }

    public static async Task<CountryInTables> LoadAsync(string connectionString, string addresses)
    {
        Environment.SetEnvironmentVariable($"ConnectionStrings__{Name}", connectionString);
        if (await ImportCommand.RunAsync(["--format", "csv", addresses]) != 0)
        {
            throw new ArgumentException($"{addresses} could not be imported.");
        }

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddUmsDatabase<AddressesDbContext>(Name);
        var tables = new CountryInTables(builder.Build());
        tables.Addresses = await tables.CountAsync("select count(*) from addresses");
        tables.Streets = await tables.CountAsync("select count(*) from streets where path is not null");
        return tables;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        host.Dispose();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
