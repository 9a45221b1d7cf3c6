using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Contacts.Tests;

/// <summary>Somebody signed in with a number at an organisation, and what they can do.</summary>
internal sealed class Resident
{
    private readonly ContactsFixture service;

    public Resident(ContactsFixture service, ContactsFixture.Known organisation, string phone, string kind = "private", Guid? session = null)
    {
        (this.service, Organisation, Phone, Kind) = (service, organisation, phone, kind);
        Session = session ?? Guid.CreateVersion7();
        Http = service.ClientWith(service.Tokens.Resident(organisation.Id, phone, kind, organisation.Slug, Session, Subject));
    }

    public ContactsFixture.Known Organisation { get; }

    public string Phone { get; }

    public string Kind { get; }

    public Guid Subject { get; } = Guid.CreateVersion7();

    public Guid Session { get; }

    public HttpClient Http { get; }

    public static object Form(Neighbours.Address? address = null, string givenName = "Kerstin", string familyName = "Åkerlund", string birthDate = "19610412") => new
    {
        givenName,
        familyName,
        birthDate,
        companyName = "Åkerlunds Rör AB",
        organisationNumber = "556036-0793",
        nameHidden = false,
        addressId = (address ?? Neighbours.SanktEriksgatan).AddressId,
    };

    /// <summary>The same number in another session.</summary>
    public Resident InNewSession() => new(service, Organisation, Phone, Kind);

    public Resident With(string phone) => new(service, Organisation, phone, Kind);

    public async Task<JsonElement> RegisterAsync(Neighbours.Address? address = null) => await ReadAsync(await Http.PostAsJsonAsync("/api/contact", Form(address)), HttpStatusCode.Created);

    public async Task<JsonElement> ContactAsync() => await ReadAsync(await Http.GetAsync("/api/contact"), HttpStatusCode.OK);

    public async Task<JsonElement> ExportAsync() => await ReadAsync(await Http.GetAsync("/api/contact/export"), HttpStatusCode.OK);

    public Task<HttpResponseMessage> AddAddressAsync(Neighbours.Address address, bool main = false) =>
        Http.PostAsJsonAsync("/api/contact/addresses", new { addressId = address.AddressId, main });

    public Task<HttpResponseMessage> SwitchAlertsAsync(string id, bool enabled) => Http.PutAsJsonAsync($"/api/contact/addresses/{id}/alerts", new { enabled });

    public Task<HttpResponseMessage> AddPhoneAsync(string phone, string? replaces = null, string? kind = null, Guid? organisation = null, Guid? subject = null) =>
        Http.PostAsJsonAsync("/api/contact/phones", new
        {
            proof = service.Tokens.PhoneProof(organisation ?? Organisation.Id, subject ?? Subject, phone, kind ?? Kind),
            replaces,
        });

    public async Task<JsonElement> AddressAsync(Neighbours.Address address) =>
        (await ContactAsync()).GetProperty("addresses").EnumerateArray().Single(row => row.GetProperty("addressId").GetString() == address.AddressId);

    public async Task<string> AddressIdAsync(Neighbours.Address address) => (await AddressAsync(address)).GetProperty("id").GetString()!;

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string slug)
    {
        var problem = await ReadAsync(answer, status);
        Assert.Equal($"urn:ums:problem:{slug}", problem.GetProperty("type").GetString());
        return problem;
    }
}
