using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Notifier's templates: names are used once, and versions are kept.</summary>
public sealed class TemplatesDouble
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, JsonObject> templates = [];

    public void Reset()
    {
        lock (gate)
            templates.Clear();
    }

    public IReadOnlyList<JsonObject> All
    {
        get
        {
            lock (gate)
                return [.. templates.Values.Select(one => (JsonObject)one.DeepClone())];
        }
    }

    public Guid Put(string name, string sms = "Vattnet är avstängt på [gata].")
    {
        var id = Guid.CreateVersion7();
        lock (gate)
            templates[id] = View(id, 1, new JsonObject { ["name"] = name, ["category"] = "water", ["texts"] = new JsonObject { ["sms"] = sms, ["smsEnglish"] = "The water is off." }, ["mode"] = "sms", ["acknowledge"] = true, ["repeatAfterMinutes"] = 15, ["validForMinutes"] = 90 });
        return id;
    }

    /// <summary>Another operator saves it meanwhile.</summary>
    public void ChangeByAnother(Guid id)
    {
        lock (gate)
            templates[id]["version"] = (int)templates[id]["version"]! + 1;
    }

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/templates", () => Json(new JsonObject { ["templates"] = new JsonArray([.. All]) }));
        routes.MapGet("/api/templates/{id:guid}", (Guid id) => All.FirstOrDefault(one => (Guid)one["id"]! == id) is { } found ? Json(found) : Problem(404, "unknown-template"));
        routes.MapPost("/api/templates", (JsonObject draft) => Save(Guid.CreateVersion7(), 1, draft));
        routes.MapPut("/api/templates/{id:guid}", (Guid id, JsonObject draft, HttpContext http) => Stale(id, http) ?? Save(id, Seen(http) + 1, draft));
        routes.MapDelete("/api/templates/{id:guid}", (Guid id, HttpContext http) =>
        {
            if (Stale(id, http) is { } stale)
                return stale;
            lock (gate)
                templates.Remove(id);
            return Results.NoContent();
        });
    }

    private IResult Save(Guid id, int version, JsonObject draft)
    {
        lock (gate)
        {
            if (string.IsNullOrEmpty((string?)draft["name"]))
                return Invalid("name", "required");
            if (string.IsNullOrEmpty((string?)draft["texts"]!["sms"]))
                return Invalid("texts.sms", "required");
            if (templates.Values.Any(one => (string)one["name"]! == (string)draft["name"]! && (Guid)one["id"]! != id))
                return Invalid("name", "taken");
            templates[id] = View(id, version, draft);
            return Json((JsonObject)templates[id].DeepClone());
        }
    }

    private IResult? Stale(Guid id, HttpContext http)
    {
        lock (gate)
            return !templates.TryGetValue(id, out var one) ? Problem(404, "unknown-template")
                : (int)one["version"]! != Seen(http) ? Problem(412, "template-changed", new() { ["version"] = (int)one["version"]! }) : null;
    }

    private static int Seen(HttpContext http) => int.Parse(http.Request.Headers.IfMatch.ToString().Trim('"'), System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject View(Guid id, int version, JsonObject draft)
    {
        var view = (JsonObject)draft.DeepClone();
        (view["id"], view["version"], view["changedBy"], view["changedAt"]) = (id, version, AlertsDouble.Another, "2026-11-26T08:00:00Z");
        view["dangerToLife"] ??= false;
        view["acknowledge"] ??= false;
        view["validForMinutes"] ??= 360;
        return view;
    }

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static IResult Invalid(string field, string fault) => Problem(400, "validation", new() { ["errors"] = new Dictionary<string, string[]> { [field] = [fault] } });

    private static IResult Problem(int status, string slug, Dictionary<string, object?>? extensions = null) =>
        Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}", extensions: extensions);
}
