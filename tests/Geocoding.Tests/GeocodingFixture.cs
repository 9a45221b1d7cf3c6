using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Geocoding.Import;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Map;
using Ums.Testing;

namespace Ums.Geocoding.Tests;

/// <summary>A running Geocoding with the small country of <see cref="SmallCountry"/> in its tables, and an Identity that knows two organisations.</summary>
public class GeocodingFixture : ServiceFixture<Program>
{
    public HttpClient Resident => ClientWith(Tokens.Resident(Guid.CreateVersion7(), organisationSlug: "nobody"));

    public HttpClient Contacts => ClientWith(Tokens.Client("contacts", "address.read address.match", "geocoding"));

    internal IdentityDouble Identity { get; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await LoadAsync();
    }

    protected virtual async Task LoadAsync()
    {
        await ReplaceSource.RunAsync(Services.GetRequiredService<NpgsqlDataSource>(), "tests", "1", () => (SmallCountry.Streets, SmallCountry.Areas), CancellationToken.None);
        await Services.GetRequiredService<KeepIndexFresh>().RefreshAsync(CancellationToken.None);
        await MapIsFreshAsync();
    }

    /// <summary>The map of all that is in the tables now; the service's own turn may be under way.</summary>
    protected Task MapIsFreshAsync() => Eventually.TrueAsync(async () =>
    {
        await Services.GetRequiredService<KeepMapFresh>().RefreshAsync(CancellationToken.None);
        return await QueryAsync<bool>("select map_stamp() = stamp from map_state");
    });

    protected override void ConfigureServices(IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => Identity));

    internal sealed class IdentityDouble : HttpMessageHandler
    {
        public bool Away { get; set; }

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            if (Away)
                throw new HttpRequestException("Identity is away.");
            string[]? codes = request.RequestUri!.AbsolutePath switch
            {
                "/api/organisations/pitea" => ["2581"],
                "/api/organisations/stockholm" => ["0180"],
                _ => null,
            };
            return Task.FromResult(codes is null
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { slug = "x", municipalityCodes = codes }) });
        }
    }
}
