using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ums.Testing;

namespace Ums.Contacts.Tests.RegisterImport.Uploads;

/// <summary>An organisation of its own and its operator, who uploads registers.</summary>
internal sealed class UploadWorld
{
    public const string Header = "registerKey,givenName,familyName,birthDate,companyName,organisationNumber,mobile,landline,street,number,letter,postcode,place,municipalityCode,protected";

    private readonly ContactsFixture service;

    public UploadWorld(ContactsFixture service)
    {
        this.service = service;
        service.Neighbours.Organisations.Add(Organisation);
        Operator = service.ClientWith(service.Tokens.Client("operator-1", "register.import", "contacts", Organisation.Id));
    }

    public ContactsFixture.Known Organisation { get; } = new(Guid.CreateVersion7(), $"org-{Guid.NewGuid():N}", "Provstad", ["0180"]);

    public HttpClient Operator { get; }

    public string Anna { get; } = ContactsFixture.FreshNumber();

    public string Bo { get; } = ContactsFixture.FreshNumber();

    public string AnnasRow => Row("anna", "Anna", Anna, Neighbours.SanktEriksgatan);

    public string BosRow => Row("bo", "Bo", Bo, Neighbours.BirgerJarlsgatanB);

    public static string Row(string key, string givenName, string mobile, Neighbours.Address home, string birthDate = "19840517", string isProtected = "") =>
        $"{key},{givenName},Lindström,{birthDate},,,{mobile},,{home.Street},{home.Number},{home.Letter},{home.Postcode},{home.Place},{home.MunicipalityCode},{isProtected}";

    public static byte[] Csv(params string[] rows) => Encoding.UTF8.GetBytes(string.Join("\r\n", [Header, .. rows, ""]));

    public Resident SignedIn(string phone) => new(service, Organisation, phone);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string format = "csv", bool? complete = true) =>
        Operator.PostAsync(new Uri($"/api/imports/register?format={format}{(complete is { } all ? $"&complete={all}" : "")}", UriKind.Relative),
            new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });

    public async Task<Guid> UploadedAsync(byte[] body, string format = "csv", bool complete = true) =>
        (await Resident.ReadAsync(await PostAsync(body, format, complete), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();

    public async Task<JsonElement> UntilAsync(Guid id, string state)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            found = await GetAsync(id);
            var now = found.GetProperty("state").GetString();
            Assert.True(now == state || now is not ("failed" or "ready" or "done" or "rolled-back"), $"{now} instead of {state}: {found}");
            return now == state;
        }, TimeSpan.FromSeconds(60), state);
        return found;
    }

    public async Task<string?> FaultAsync(byte[] body, string format = "csv", bool complete = true) =>
        (await UntilAsync(await UploadedAsync(body, format, complete), "failed")).GetProperty("fault").GetString();

    public async Task<JsonElement> ReadyAsync(byte[] body, string format = "csv", bool complete = true) => await UntilAsync(await UploadedAsync(body, format, complete), "ready");

    /// <summary>All the way in.</summary>
    public async Task<JsonElement> ImportedAsync(byte[] body, string format = "csv", bool complete = true)
    {
        var ready = await ReadyAsync(body, format, complete);
        var id = ready.GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Accepted, (await ApproveAsync(id, ready.GetProperty("gone").GetInt32())).StatusCode);
        await Eventually.TrueAsync(async () => (await GetAsync(id)).GetProperty("state").GetString() is "done" or "failed", TimeSpan.FromSeconds(60));
        return await UntilAsync(id, "done");
    }

    public Task<HttpResponseMessage> ApproveAsync(Guid id, int? gone = null) => Operator.PostAsJsonAsync($"/api/imports/register/{id}/approve", new { confirmedGone = gone });

    public Task<HttpResponseMessage> ApproveRawAsync(Guid id, string body) =>
        Operator.PostAsync(new Uri($"/api/imports/register/{id}/approve", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> DoAsync(Guid id, string what) => Operator.PostAsync(new Uri($"/api/imports/register/{id}/{what}", UriKind.Relative), null);

    public async Task<JsonElement> GetAsync(Guid id) => await Resident.ReadAsync(await Operator.GetAsync($"/api/imports/register/{id}"), HttpStatusCode.OK);

    public async Task<string> RefusedAsync(Guid id) => await Operator.GetStringAsync($"/api/imports/register/{id}/refused");

    public Task<long> CountAsync(string table) => service.QueryAsync<long>($"select count(*) from {table} where organisation_id = $1", Organisation.Id)!;
}
