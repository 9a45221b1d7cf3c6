using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace Ums.Contacts.Tests;

/// <summary>Identity and Geocoding as Contacts meets them over HTTP. Each can be away.</summary>
public sealed class Neighbours : HttpMessageHandler
{
    public static readonly Address SanktEriksgatan = new("sankt-eriksgatan-117", "Sankt Eriksgatan", 117, null, "11343", "Stockholm", "0180", 10088920, 59.3416, 18.0366);
    public static readonly Address BirgerJarlsgatan = new("birger-jarlsgatan-131a", "Birger Jarlsgatan", 131, "a", "11356", "Stockholm", "0180", 10116804, 59.3479, 18.0602);
    public static readonly Address BirgerJarlsgatanB = new("birger-jarlsgatan-131b", "Birger Jarlsgatan", 131, "b", "11356", "Stockholm", "0180", 10116805, 59.3480, 18.0603);
    public static readonly Address Storgatan = new("storgatan-1-pitea", "Storgatan", 1, null, "94131", "Piteå", "2581", 77, 65.3172, 21.4794);
    public static readonly Address NobodysStreet = new("nobodys-street-1", "Byvägen", 1, null, "93831", "Arjeplog", "2506", 78, 66.05, 17.88);

    public bool IdentityIsAway { get; set; }

    public bool GeocodingIsAway { get; set; }

    /// <summary>What was asked, without the host.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Those that a test made, beside the ones that are always there.</summary>
    public ConcurrentBag<ContactsFixture.Known> Organisations { get; } = [];

    public ConcurrentDictionary<string, Address> Addresses { get; } = new(
        new[] { SanktEriksgatan, BirgerJarlsgatan, BirgerJarlsgatanB, Storgatan, NobodysStreet }.ToDictionary(address => address.AddressId));

    /// <summary>As JSON spells it in Geocoding's answers.</summary>
    public sealed record Address(
        string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode, int? Fnr, double Latitude, double Longitude,
        int? Gnr = 0, int? Bnr = 0, int? Snr = 0);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request.RequestUri!.PathAndQuery);
        return request.RequestUri.Host switch
        {
            "identity" when !IdentityIsAway => Identity(request),
            "geocoding" when !GeocodingIsAway => await GeocodingAsync(request, cancellationToken),
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"),
        };
    }

    private HttpResponseMessage Identity(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Split('/')[1..] switch
    {
        ["connect", "token"] => Json(new { access_token = "a-service-token", token_type = "Bearer", expires_in = 3600 }),
        ["api", "organisations", "covering", var code] =>
            Json(ContactsFixture.Organisations.Where(o => o.MunicipalityCodes.Contains(code)).Select(o => new { o.Slug, o.Name, Kind = "municipality" })),
        ["api", "organisations", var slug] when Organisations.Concat(ContactsFixture.Organisations).FirstOrDefault(o => o.Slug == slug || o.Id.ToString() == slug) is { } organisation => Json(organisation),
        _ => new HttpResponseMessage(HttpStatusCode.NotFound),
    };

    private async Task<HttpResponseMessage> GeocodingAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("Bearer a-service-token", request.Headers.Authorization?.ToString());
        return request.RequestUri!.AbsolutePath.Split('/')[1..] switch
        {
            ["api", "addresses", "matches", "batch"] => Json(Match(await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken))),
            ["internal", "addresses", "sample"] => Json(Sample(request.RequestUri.Query)),
            ["api", "addresses", var id] when Addresses.TryGetValue(Uri.UnescapeDataString(id), out var address) => Json(address),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    // Certain where street, number and letter agree; else nothing.
    private object Match(JsonElement batch) => new
    {
        results = batch.GetProperty("items").EnumerateArray().Select(item =>
        {
            var wanted = $"{item.GetProperty("street").GetString()} {item.GetProperty("number").GetString()}";
            var found = Addresses.Values.Where(address => $"{address.Street} {address.Number}{address.Letter}" == wanted).ToArray();
            return new { category = found.Length == 1 ? "A" : "C", matches = found };
        }),
    };

    private static IEnumerable<Address> Sample(string query)
    {
        var wanted = HttpUtility.ParseQueryString(query);
        var (municipality, count) = (wanted["municipality"]!, int.Parse(wanted["count"]!, CultureInfo.InvariantCulture));
        return Enumerable.Range(1, count).Select(n =>
            new Address($"{municipality}-{n}", "Provgatan", n, null, "11111", "Provstad", municipality, n, 59 + n / 100_000.0, 18 + n / 100_000.0));
    }

    private static HttpResponseMessage Json(object body) => new(HttpStatusCode.OK) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
}
