using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Contacts' entries as operators meet them, with versions as the service keeps them, and the three services' audits.</summary>
public sealed class RecordsDouble
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, JsonObject> people = [];

    /// <summary>What the next change is answered with instead.</summary>
    public (int Status, string Slug)? Refusal { get; set; }

    /// <summary>Fields that Contacts finds wrong.</summary>
    public (string Field, string Fault)? Fault { get; set; }

    /// <summary>What each line of the audit says that was done.</summary>
    public string Action { get; set; } = "contact-read";

    /// <summary>How many lines each service's audit has.</summary>
    public Dictionary<string, int> Lines { get; } = new() { ["identity"] = 0, ["contacts"] = 0, ["alerts"] = 0 };

    public ConcurrentQueue<(string What, string Body)> Done { get; } = [];

    public void Reset()
    {
        lock (gate)
            people.Clear();
        (Refusal, Fault) = (null, null);
        Done.Clear();
        Action = "contact-read";
        foreach (var service in Lines.Keys)
            Lines[service] = 0;
    }

    public Guid Put(string familyName = "Åkerlund <b>", bool masked = false, bool restricted = false)
    {
        var id = Guid.CreateVersion7();
        lock (gate)
            people[id] = View(id, familyName, masked, restricted);
        return id;
    }

    public bool Has(Guid id)
    {
        lock (gate)
            return people.ContainsKey(id);
    }

    /// <summary>Another operator changes it meanwhile.</summary>
    public void ChangeByAnother(Guid id)
    {
        lock (gate)
            (people[id]["version"], people[id]["givenName"]) = ((long)people[id]["version"]! + 1, "Annans");
    }

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/contacts/search", (JsonObject body) => Refused() ?? Search(body));
        routes.MapPost("/api/contacts", (JsonObject body) =>
        {
            if (Refused() is { } refusal)
                return refusal;
            Done.Enqueue(("add", body.ToJsonString()));
            return Json(Copy(Put((string?)body["familyName"] ?? "")), 201);
        });
        routes.MapGet("/api/contacts/{id:guid}", (Guid id) => Has(id) ? Json(Copy(id)) : Problem(404, "unknown-record"));
        routes.MapPost("/api/contacts/{id:guid}/unmask", (Guid id, JsonObject body) => Refused() ?? Opened(id, body));
        routes.MapPost("/api/contacts/{id:guid}/export", (Guid id, JsonObject body) =>
        {
            Done.Enqueue(("export", body.ToJsonString()));
            return Refused() ?? Results.File("{\"person\":{}}"u8.ToArray(), "application/json", "x.json");
        });
        routes.MapPost("/api/contacts/{id:guid}/erase", (Guid id, JsonObject body, HttpContext http) => Change(id, http, "erase", body));
        foreach (var path in (string[])["", "/restriction", "/objection", "/addresses/{row:guid}/main", "/addresses/{row:guid}/alerts"])
            routes.MapPut("/api/contacts/{id:guid}" + path, (Guid id, HttpContext http) => ChangeAsync(id, http, "put " + path));
        foreach (var path in (string[])["/phones", "/addresses"])
        {
            routes.MapPost("/api/contacts/{id:guid}" + path, (Guid id, HttpContext http) => ChangeAsync(id, http, "post " + path));
            routes.MapDelete("/api/contacts/{id:guid}" + path + "/{row:guid}", (Guid id, HttpContext http) => ChangeAsync(id, http, "delete " + path));
        }
        routes.MapGet("/api/audit", (HttpContext http) => Audit("identity", http));
        routes.MapGet("/api/audit/contacts", (HttpContext http) => Audit("contacts", http));
        routes.MapGet("/api/audit/alerts", (HttpContext http) => Audit("alerts", http));
    }

    private IResult Search(JsonObject body)
    {
        Done.Enqueue(("search", body.ToJsonString()));
        lock (gate)
        {
            var first = body["after"] is null;
            return Json(new JsonObject
            {
                ["people"] = new JsonArray([.. people.Values.Select(one =>
                {
                    var hit = (JsonObject)one.DeepClone();
                    hit["phone"] = one["phones"]![0]!["number"]?.DeepClone();
                    (hit["phones"], hit["address"], hit["addresses"]) = (1, one["addresses"]![0]!.DeepClone(), 1);
                    return hit;
                })]),
                ["after"] = first && people.Count > 1 ? people.Keys.Last() : null,
                ["namesPending"] = false,
            });
        }
    }

    private IResult Opened(Guid id, JsonObject body)
    {
        Done.Enqueue(("unmask", body.ToJsonString()));
        var open = Copy(id);
        (open["givenName"], open["familyName"], open["masked"]) = ("Doris", "Dold", false);
        return Json(open);
    }

    private async Task<IResult> ChangeAsync(Guid id, HttpContext http, string what)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        return Change(id, http, what, text.Length == 0 ? [] : (JsonObject)JsonNode.Parse(text)!);
    }

    private IResult Change(Guid id, HttpContext http, string what, JsonObject body)
    {
        lock (gate)
        {
            if (!people.TryGetValue(id, out var one))
                return Problem(404, "unknown-record");
            if (http.Request.Headers.IfMatch.ToString() != $"\"{one["version"]}\"")
                return Problem(412, "record-changed");
            if (Refused() is { } refusal)
                return refusal;
            one["version"] = (long)one["version"]! + 1;
            Done.Enqueue((what, body.ToJsonString()));
            if (what == "erase")
                people.Remove(id);
            return what == "erase" ? Results.NoContent() : Json((JsonObject)one.DeepClone());
        }
    }

    /// <summary>One line a minute, the newest now; the services' minutes are the same.</summary>
    private IResult Audit(string service, HttpContext http)
    {
        if (Refused() is { } refusal)
            return refusal;
        var (before, limit) = (long.TryParse(http.Request.Query["before"], out var given) ? given : long.MaxValue, int.Parse(http.Request.Query["limit"]!, null));
        var (all, now) = (Lines[service], new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
        Done.Enqueue(("audit " + service, http.Request.QueryString.Value!));
        var page = Enumerable.Range(1, all).Reverse().Where(position => position < before).Take(limit).ToList();
        return Json(new JsonObject
        {
            ["entries"] = new JsonArray([.. page.Select(position => new JsonObject
            {
                ["position"] = position, ["at"] = now.AddMinutes(position - all), ["actor"] = "operator", ["actorId"] = OperatorsDouble.Kim.ToString(), ["action"] = Action,
                ["personId"] = Guid.Empty, ["target"] = null, ["detail"] = $"{service} {position}.", ["reason"] = "=cmd|' /C calc'!A0",
            })]),
            ["before"] = page.Count == limit ? page[^1] : null,
        });
    }

    private JsonObject Copy(Guid id)
    {
        lock (gate)
            return (JsonObject)people[id].DeepClone();
    }

    private IResult? Refused() =>
        Fault is { } fault ? Problem(400, "validation", new() { ["errors"] = new Dictionary<string, string[]> { [fault.Field] = [fault.Fault] } })
        : Refusal is { } refusal ? Problem(refusal.Status, refusal.Slug) : null;

    private static JsonObject View(Guid id, string familyName, bool masked, bool restricted) => new()
    {
        ["id"] = id, ["version"] = 3L, ["kind"] = "private", ["source"] = "supplementaryRegister", ["isNew"] = true, ["masked"] = masked, ["givenName"] = masked ? null : "Kerstin",
        ["familyName"] = masked ? null : familyName, ["birthDate"] = masked ? null : "19610412", ["nameHidden"] = masked, ["protected"] = false,
        ["restriction"] = restricted ? new JsonObject { ["since"] = DateTimeOffset.UtcNow, ["reason"] = "Prövas <i>" } : null, ["objection"] = null, ["sendingOff"] = false,
        ["phones"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7(), ["number"] = "+46701740605", ["kind"] = "mobile", ["source"] = "supplementaryRegister" }),
        ["addresses"] = new JsonArray(new JsonObject
        {
            ["id"] = Guid.CreateVersion7(), ["street"] = "Sankt Eriksgatan", ["number"] = 117, ["postcode"] = "11343", ["place"] = "Stockholm", ["main"] = true, ["alerts"] = true,
            ["source"] = "supplementaryRegister", ["latitude"] = 59.34, ["longitude"] = 18.03,
        }),
        ["createdAt"] = DateTimeOffset.UtcNow, ["changedAt"] = DateTimeOffset.UtcNow,
        ["history"] = new JsonArray(
            new JsonObject { ["at"] = DateTimeOffset.UtcNow, ["actor"] = "resident", ["operator"] = null, ["action"] = "contact-registered", ["field"] = null, ["version"] = 1L },
            new JsonObject { ["at"] = DateTimeOffset.UtcNow, ["actor"] = "operator", ["operator"] = OrganisationDouble.Gun.ToString(), ["action"] = "phone-added", ["field"] = null, ["version"] = 2L }),
        ["restricted"] = restricted, ["objects"] = false,
    };

    private static IResult Json(JsonNode node, int status = 200) => Results.Text(node.ToJsonString(), "application/json", statusCode: status);

    private static IResult Problem(int status, string slug, Dictionary<string, object?>? extensions = null) =>
        Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}", extensions: extensions);
}
