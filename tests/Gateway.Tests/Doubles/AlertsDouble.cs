using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Notifier's alerts and Contacts' counting: they keep versions and states as the services do, and reach 4,218 phones.</summary>
public sealed class AlertsDouble
{
    public const int Reach = 4218;
    public const string Another = "019ab000-0000-7000-8000-00000000aaaa";

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, JsonObject> alerts = [];
    private readonly Dictionary<Guid, JsonNode?> audiences = [];

    /// <summary>What Contacts finds wrong with the next audiences: a field and a word.</summary>
    public (string Field, string Fault)? AudienceFault { get; set; }

    /// <summary>Bodies of what has been done, by the route's last word.</summary>
    public ConcurrentQueue<(string What, string Body)> Done { get; } = [];

    public void Reset()
    {
        lock (gate)
        {
            alerts.Clear();
            audiences.Clear();
        }
        AudienceFault = null;
        Done.Clear();
        Codes.Clear();
        Report = EmptyReport();
        Settings = UsualSettings();
        Disturbances = [];
    }

    public const string CodeLine = "Äkta? Skriv BCDFGHJ i vår portal.";

    public JsonObject Settings { get; set; } = UsualSettings();

    /// <summary>Of every alert.</summary>
    public JsonObject Report { get; set; } = EmptyReport();

    public static JsonObject UsualSettings() => new()
    {
        ["quietFrom"] = "22:00:00", ["quietTo"] = "07:00:00", ["textDays"] = 365, ["recipientDays"] = 30, ["version"] = 1, ["codeStyle"] = "place", ["codePlace"] = null,
    };

    public static JsonObject EmptyReport() => new() { ["byProvider"] = new JsonArray(), ["byHour"] = new JsonArray(), ["byReason"] = new JsonArray(), ["curve"] = new JsonArray(), ["cost"] = null };

    /// <summary>What codes lead to.</summary>
    public ConcurrentDictionary<string, JsonObject> Codes { get; } = [];

    /// <summary>What is shown to anybody of every organisation.</summary>
    public JsonArray Disturbances { get; set; } = [];

    public static JsonObject Disturbance(string state = "current", bool test = false, string text = "Vattnet är avstängt <b>.") => new()
    {
        ["code"] = "BCDFGHJ", ["state"] = state, ["test"] = test, ["correction"] = false, ["category"] = "water", ["text"] = state == "forgotten" ? null : text, ["spoken"] = null,
        ["area"] = new JsonObject { ["everywhere"] = false, ["streets"] = new JsonArray("Storgatan", "Skolgatan"), ["postcodes"] = new JsonArray("11343"), ["onMap"] = 1, ["properties"] = 0, ["listed"] = false },
        ["sentAt"] = "2026-11-26T08:15:00Z", ["until"] = "2026-11-26T14:15:00Z",
        ["correctedBy"] = state == "corrected" ? new JsonObject { ["text"] = "Falskt alarm.", ["sentAt"] = "2026-11-26T09:00:00Z" } : null,
    };

    public void PutCode(string code, JsonObject disturbance) => Codes[code] = new JsonObject
    {
        ["organisationId"] = TownDoubles.Stockholm, ["organisation"] = "Stockholms stad", ["smsName"] = "Stockholm", ["callerId"] = "+46846500400", ["alert"] = disturbance,
    };

    public Guid Put(string state, string writtenBy = Another, bool test = false, int version = 3, int failed = 0)
    {
        var id = Guid.CreateVersion7();
        lock (gate)
        {
            alerts[id] = View(id, state, writtenBy, test, version, new() { ["title"] = "Läcka <b>", ["category"] = "water", ["mode"] = "sms", ["texts"] = new JsonObject { ["sms"] = "Vattnet är avstängt." } });
            alerts[id]["counts"]!["failed"] = failed;
            if (state is "sending" or "completed" or "cancelled")
                alerts[id]["startedAt"] = DateTimeOffset.UtcNow;
        }
        return id;
    }

    public JsonObject this[Guid id]
    {
        get
        {
            lock (gate)
                return (JsonObject)alerts[id].DeepClone();
        }
    }

    public IReadOnlyList<Guid> Ids
    {
        get
        {
            lock (gate)
                return [.. alerts.Keys];
        }
    }

    /// <summary>Another operator saves the draft meanwhile.</summary>
    public void ChangeByAnother(Guid id)
    {
        lock (gate)
            alerts[id]["version"] = (int)alerts[id]["version"]! + 1;
    }

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alerts", (string? state) =>
        {
            lock (gate)
                return Json(new JsonObject { ["alerts"] = new JsonArray([.. alerts.Values.Where(one => state is null || (string)one["state"]! == state).Select(one => one.DeepClone())]) });
        });
        routes.MapGet("/api/alerts/{id:guid}", (Guid id) => With(id, one => new JsonObject { ["alert"] = one.DeepClone(), ["audience"] = audiences.GetValueOrDefault(id)?.DeepClone() }));
        routes.MapGet("/api/alerts/{id:guid}/history", (Guid id) => With(id, one => new JsonArray(
            new JsonObject { ["version"] = 1, ["at"] = DateTimeOffset.UtcNow, ["actor"] = OrganisationDouble.Gun.ToString(), ["action"] = "written" })));
        routes.MapGet("/api/alerts/{id:guid}/recipients", (Guid id, string? after) => With(id, _ => new JsonObject
        {
            ["recipients"] = new JsonArray(Recipient(after is null ? "1-1" : "2-1", after is null ? "070-*** ** 05" : "=cmd|' /C calc'!A0")),
            ["after"] = after is null ? "1-1" : null,
        }));
        routes.MapGet("/api/alerts/{id:guid}/map", (Guid id) => With(id, _ => new JsonObject { ["places"] = new JsonArray(new JsonArray(18.0357, 59.3382, 1, 2, 0)), ["share"] = 0.5 }));
        routes.MapGet("/api/alerts/{id:guid}/report", (Guid id) => With(id, _ => Report.DeepClone()));
        routes.MapGet("/api/alerts/{id:guid}/progress", (Guid id) => With(id, one => one.DeepClone()) is var found && alerts.ContainsKey(id)
            ? Results.Text("event: progress\ndata: {\"state\":\"completed\"}\n\n", "text/event-stream") : found);
        routes.MapPost("/api/alerts/{id:guid}/estimate", (Guid id) => With(id, _ => new JsonObject { ["recipients"] = Reach, ["mobiles"] = 3902, ["landlines"] = 316, ["leftOut"] = 0, ["parts"] = 1, ["cost"] = 2466.5m }));
        routes.MapPost("/api/alerts", (JsonObject draft) =>
        {
            if (Faults(draft) is { } faults)
                return faults;
            var id = Guid.CreateVersion7();
            lock (gate)
                (alerts[id], audiences[id]) = (View(id, "draft", OperatorsDouble.Kim.ToString(), false, 1, draft), draft["audience"]?.DeepClone());
            return Json(this[id], 201);
        });
        routes.MapPut("/api/alerts/{id:guid}", (Guid id, JsonObject draft, HttpContext http) => Faults(draft) ?? Change(id, http, "edit", ["draft", "submitted", "approved"], "draft", draft));
        routes.MapPost("/api/alerts/{id:guid}/submit", (Guid id, HttpContext http) => AudienceFault is { } fault ? Invalid(fault.Field, fault.Fault) : Change(id, http, "submit", ["draft"], "submitted"));
        routes.MapPost("/api/alerts/{id:guid}/approve", (Guid id, JsonObject body, HttpContext http) =>
            !Known(id) ? NotFound() : (string)this[id]["writtenBy"]! == OperatorsDouble.Kim.ToString() ? Problem(403, "own-alert")
            : (string)this[id]["state"]! != "submitted" ? Problem(409, "alert-state")
            : (int?)body["recipients"] != Reach ? Invalid("recipients", "not-the-number") : Change(id, http, "approve", ["submitted"], "sending"));
        routes.MapPost("/api/alerts/{id:guid}/cancel", (Guid id, HttpContext http) => Change(id, http, "cancel", ["submitted", "approved", "resolving", "sending"], "cancelled"));
        routes.MapPost("/api/alerts/{id:guid}/test", (Guid id, JsonObject body) =>
        {
            Done.Enqueue(("test", body.ToJsonString()));
            return Known(id) ? Json(this[Put("sending", OperatorsDouble.Kim.ToString(), test: true)], 201) : NotFound();
        });
        routes.MapPost("/api/alerts/{id:guid}/correction", (Guid id) => Known(id) ? Json(this[Put("draft", OperatorsDouble.Kim.ToString())], 201) : NotFound());
        routes.MapPost("/api/alerts/preview", (JsonObject body) => Json(new JsonObject
        {
            ["text"] = $"{body["texts"]!["sms"]}\n{CodeLine}",
            ["codeLine"] = CodeLine,
            ["sms"] = (string)body["texts"]!["sms"]! is "" ? null : new JsonObject
            {
                ["encoding"] = "gsm7", ["units"] = 133, ["parts"] = new JsonArray(new JsonObject { ["units"] = 1 }), ["unitsLeft"] = 27, ["forcedBy"] = new JsonArray(), ["costPerRecipient"] = 0.35m,
            },
        }));
        routes.MapGet("/api/alerts/settings", () => Json(Settings.DeepClone()));
        routes.MapPut("/api/alerts/settings", (JsonObject wanted) =>
        {
            if ((int)wanted["version"]! != (int)Settings["version"]!)
                return Problem(412, "settings-changed");
            if (((string?)wanted["codePlace"])?.Contains('→', StringComparison.Ordinal) == true)
                return Invalid("codePlace", "invalid");
            foreach (var (name, value) in wanted.Where(one => one.Value is not null || wanted["codeStyle"] is not null))
                Settings[name] = value?.DeepClone();
            Settings["version"] = (int)wanted["version"]! + 1;
            return Json(Settings.DeepClone());
        });
        routes.MapGet("/api/alert-codes/{code}", (string code) => Codes.TryGetValue(code.ToUpperInvariant(), out var found) ? Json(found.DeepClone()) : Problem(404, "unknown-code"));
        routes.MapGet("/api/disturbances/{organisation:guid}", (Guid organisation) => Json(new JsonObject { ["disturbances"] = Disturbances.DeepClone() }));
        routes.MapPost("/api/audiences/count", () => AudienceFault is { } fault ? Invalid(fault.Field, fault.Fault) : Json(new JsonObject
        {
            ["phones"] = Reach, ["mobiles"] = 3902, ["landlines"] = 316, ["households"] = 2000, ["addresses"] = 2100, ["withoutPhone"] = 7, ["switchedOff"] = 8, ["underAge"] = 9, ["duplicates"] = 0,
        }));
        routes.MapPost("/api/audiences/points", () => Json(new JsonObject { ["points"] = new JsonArray(new JsonArray(18.03, 59.34)), ["total"] = 1 }));
    }

    private IResult Change(Guid id, HttpContext http, string what, string[] from, string to, JsonObject? draft = null)
    {
        lock (gate)
        {
            if (!alerts.TryGetValue(id, out var one))
                return NotFound();
            if (http.Request.Headers.IfMatch.ToString() is { Length: > 0 } seen && seen != $"\"{one["version"]}\"")
                return Problem(412, "alert-changed", new() { ["version"] = (int)one["version"]! });
            if (!from.Contains((string)one["state"]!))
                return Problem(409, "alert-state");
            (one["state"], one["version"]) = (to, (int)one["version"]! + 1);
            foreach (var field in (string[])["title", "category", "texts", "mode"])
                one[field] = draft?[field]?.DeepClone() ?? one[field]?.DeepClone();
            Done.Enqueue((what, draft?.ToJsonString() ?? ""));
            return Json((JsonObject)one.DeepClone());
        }
    }

    private bool Known(Guid id) => Ids.Contains(id);

    private IResult With(Guid id, Func<JsonObject, JsonNode> make)
    {
        lock (gate)
            return alerts.TryGetValue(id, out var one) ? Json(make(one)) : NotFound();
    }

    private static IResult? Faults(JsonObject draft) =>
        string.IsNullOrEmpty((string?)draft["title"]) ? Invalid("title", "required")
        : string.IsNullOrEmpty((string?)draft["category"]) ? Invalid("category", "unknown")
        : string.IsNullOrEmpty((string?)draft["texts"]!["sms"]) ? Invalid("texts.sms", "required") : null;

    private static JsonObject View(Guid id, string state, string writtenBy, bool test, int version, JsonObject draft) => new()
    {
        ["id"] = id, ["version"] = version, ["state"] = state, ["test"] = test, ["title"] = (string)draft["title"]!, ["category"] = (string)draft["category"]!,
        ["texts"] = draft["texts"]!.DeepClone(), ["mode"] = (string)draft["mode"]!, ["acknowledge"] = false, ["dangerToLife"] = false, ["validForMinutes"] = 360, ["held"] = false,
        ["expected"] = state == "draft" ? 0 : Reach, ["cost"] = 2466.5m, ["counts"] = new JsonObject { ["recipients"] = Reach, ["delivered"] = 4000, ["accepted"] = 100 },
        ["writtenBy"] = writtenBy, ["submittedBy"] = state == "draft" ? null : writtenBy, ["createdAt"] = DateTimeOffset.UtcNow, ["changedAt"] = DateTimeOffset.UtcNow,
    };

    private static JsonObject Recipient(string id, string phone) =>
        new() { ["id"] = id, ["phone"] = phone, ["state"] = "failed", ["reason"] = "not-in-use", ["attempts"] = 2, ["channel"] = "sms", ["acknowledged"] = false };

    private static IResult Json(JsonNode node, int status = 200) => Results.Text(node.ToJsonString(), "application/json", statusCode: status);

    private static IResult NotFound() => Problem(404, "unknown-alert");

    private static IResult Invalid(string field, string fault) => Problem(400, "validation", new() { ["errors"] = new Dictionary<string, string[]> { [field] = [fault] } });

    private static IResult Problem(int status, string slug, Dictionary<string, object?>? extensions = null) =>
        Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}", extensions: extensions);
}
