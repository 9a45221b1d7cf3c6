using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Tests.Records;

/// <summary>An organisation of its own in Stockholm and its operators, who look after people's entries.</summary>
internal sealed class Desk
{
    private readonly ContactsFixture service;

    public Desk(ContactsFixture service)
    {
        this.service = service;
        Organisation = new(Guid.CreateVersion7(), $"org-{Guid.NewGuid():N}", "Provstad", ["0180"]);
        service.Neighbours.Organisations.Add(Organisation);
        Editor = Operator(Roles.Editor, EditorsId);
        Reader = Operator(Roles.Reader);
        Administrator = Operator(Roles.Administrator);
    }

    public ContactsFixture.Known Organisation { get; }

    public Guid EditorsId { get; } = Guid.CreateVersion7();

    public HttpClient Editor { get; }

    public HttpClient Reader { get; }

    public HttpClient Administrator { get; }

    public HttpClient Operator(string role, Guid? id = null, DateTimeOffset? signedInAt = null) => service.ClientWith(service.Tokens.Operator(
        string.Join(' ', Roles.ScopesOf([role])), Organisation.Id, Organisation.Slug, role, subject: id, signedInAt: signedInAt));

    public static Dictionary<string, object?> Form(string phone, Neighbours.Address? address = null, string givenName = "Kerstin", string familyName = "Åkerlund") => new()
    {
        ["kind"] = "private", ["givenName"] = givenName, ["familyName"] = familyName, ["birthDate"] = "19610412", ["phone"] = phone,
        ["addressId"] = (address ?? Neighbours.SanktEriksgatan).AddressId, ["nameHidden"] = false, ["protected"] = false,
    };

    public Task<HttpResponseMessage> PostAsync(object form) => Editor.PostAsJsonAsync("/api/contacts", form);

    /// <summary>Somebody whom the editor has entered.</summary>
    public async Task<(Guid Id, string Phone)> PersonAsync(
        string givenName = "Kerstin", string familyName = "Åkerlund", Neighbours.Address? address = null, bool nameHidden = false, bool isProtected = false)
    {
        var phone = ContactsFixture.FreshNumber();
        var form = Form(phone, address, givenName, familyName);
        (form["nameHidden"], form["protected"]) = (nameHidden, isProtected);
        return ((await Resident.ReadAsync(await PostAsync(form), HttpStatusCode.Created)).GetProperty("id").GetGuid(), phone);
    }

    public async Task<JsonElement> CardAsync(Guid id, HttpClient? by = null) => await Resident.ReadAsync(await (by ?? Editor).GetAsync($"/api/contacts/{id}"), HttpStatusCode.OK);

    public async Task<long> VersionAsync(Guid id) => (await CardAsync(id)).GetProperty("version").GetInt64();

    public async Task<HttpResponseMessage> SearchAsync(object what, HttpClient? by = null) => await (by ?? Editor).PostAsJsonAsync("/api/contacts/search", what);

    public async Task<Guid[]> FoundAsync(object what, HttpClient? by = null) =>
        [.. (await Resident.ReadAsync(await SearchAsync(what, by), HttpStatusCode.OK)).GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetGuid())];

    /// <param name="version">Null for the one that the entry has now; below nothing for none.</param>
    public async Task<HttpResponseMessage> DoAsync(HttpMethod method, Guid id, string path, object? body = null, long? version = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/contacts/{id}{path}") { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not < 0)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version ?? await VersionAsync(id)}\"");
        }
        return await (by ?? Editor).SendAsync(request);
    }

    public async Task<JsonElement> DoneAsync(HttpMethod method, Guid id, string path, object? body = null) =>
        await Resident.ReadAsync(await DoAsync(method, id, path, body), HttpStatusCode.OK);

    /// <summary>The audit's lines, the newest first.</summary>
    public async Task<JsonElement[]> AuditAsync(string query = "") =>
        [.. (await Resident.ReadAsync(await Administrator.GetAsync($"/api/audit/contacts?{query}"), HttpStatusCode.OK)).GetProperty("entries").EnumerateArray()];
}
