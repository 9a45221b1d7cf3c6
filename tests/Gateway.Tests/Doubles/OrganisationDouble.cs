using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Stockholm's settings, people, programs and provider at Identity: they keep versions as the services do.</summary>
public sealed class OrganisationDouble(OperatorsDouble operators)
{
    public static readonly Guid Gun = Guid.Parse("019ab000-0000-7000-8000-00000000901d");

    /// <summary>What is wrong with the next change: a field and a word.</summary>
    public (string Field, string Fault)? Fault { get; set; }

    public int Version { get; set; } = 1;

    public JsonObject Settings { get; private set; } = [];

    public string[] GunsRoles { get; set; } = [];

    public bool HidesColleagues { get; set; }

    public ConcurrentDictionary<string, string> Invitations { get; } = [];

    public ConcurrentDictionary<string, bool> Clients { get; } = [];

    public JsonObject? Provider { get; set; }

    public void Reset()
    {
        (Fault, Version, GunsRoles, Provider, HidesColleagues) = (null, 1, ["reader", "approver"], null, false);
        Settings = new()
        {
            ["slug"] = "stockholm", ["name"] = "Stockholms <stad>", ["kind"] = "municipality", ["directLink"] = "https://portal.example/k/stockholm",
            ["municipalityCodes"] = new JsonArray("0180"), ["smsSenderName"] = "Stockholm", ["voiceCallerId"] = "+46846500400", ["language"] = "sv", ["norwegianNumbers"] = false,
            ["categories"] = new JsonArray("Vatten", "Värme"),
        };
        Invitations.Clear();
        Clients.Clear();
    }

    /// <summary>Somebody else saves another name meanwhile.</summary>
    public void ChangeByAnother() => (Settings["name"], Version) = ("Stockholm, ändrat", Version + 1);

    internal void Map(IEndpointRouteBuilder routes)
    {
        Reset();
        var own = routes.MapGroup("/api/organisations/stockholm");
        own.MapGet("settings", () =>
        {
            var answer = (JsonObject)Settings.DeepClone();
            answer["version"] = Version;
            return Json(answer);
        });
        own.MapPut("settings", (HttpContext http, JsonObject body) =>
        {
            if (Refused() is { } refused)
                return refused;
            if (http.Request.Headers.IfMatch != $"\"{Version}\"")
                return Problem(412, "changed-meanwhile");
            (Settings, Version) = ((JsonObject)body.DeepClone(), Version + 1);
            return Results.NoContent();
        });
        own.MapGet("colleagues", () => HidesColleagues ? Problem(503, "away") : Json(new JsonObject
        {
            ["colleagues"] = new JsonArray(
                new JsonObject { ["id"] = OperatorsDouble.Kim, ["name"] = "Kim <Berg>" }, new JsonObject { ["id"] = Gun, ["name"] = "Gun God" }),
        }));
        own.MapGet("people", () => Json(new JsonObject
        {
            ["people"] = new JsonArray(Person(OperatorsDouble.Kim, "Kim <Berg>", "administrator"), Person(Gun, "Gun God", GunsRoles)),
            ["invitations"] = new JsonArray([.. Invitations.Select(pair => new JsonObject
            {
                ["id"] = pair.Key, ["name"] = pair.Value, ["email"] = "n@example.se", ["roles"] = new JsonArray("sender"), ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(7),
            })]),
        }));
        own.MapPost("invitations", (JsonObject body) =>
        {
            if ((Stale() ?? Refused()) is { } refused)
                return refused;
            var id = Guid.CreateVersion7().ToString();
            Invitations[id] = (string)body["name"]!;
            return Json(new JsonObject { ["id"] = id, ["link"] = $"https://portal.example/admin/valkommen/{id}", ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(7) });
        });
        own.MapDelete("invitations/{id}", (string id) => Invitations.TryRemove(id, out _) ? Results.NoContent() : Problem(404, "unknown-invitation"));
        own.MapPut("people/{id:guid}", (Guid id, JsonObject body) => Stale() ?? Change(id, () => GunsRoles = [.. body["roles"]!.AsArray().Select(role => (string)role!)]));
        own.MapDelete("people/{id:guid}", (Guid id) => Stale() ?? Change(id, () => GunsRoles = []));
        own.MapGet("clients", () => Json(new JsonObject
        {
            ["clients"] = new JsonArray([.. Clients.Select(pair => new JsonObject
            {
                ["clientId"] = pair.Key, ["name"] = "Ärendesystemet", ["scopes"] = new JsonArray("alert.read"), ["createdAt"] = DateTimeOffset.UtcNow,
                ["revokedAt"] = pair.Value ? null : DateTimeOffset.UtcNow,
            })]),
            ["scopes"] = new JsonArray("address.read", "alert.read"),
        }));
        own.MapPost("clients", () => Stale() ?? Refused() ?? Made("stockholm-1234abcd"));
        own.MapPost("clients/{id}/secret", (string id) => Stale() ?? (Clients.GetValueOrDefault(id) ? Made(null) : Problem(404, "unknown-client")));
        own.MapDelete("clients/{id}", (string id) => Clients.TryUpdate(id, false, true) ? Results.NoContent() : Problem(404, "unknown-client"));
        own.MapGet("provider", () => Provider is null ? Problem(404, "no-provider") : Json(Provider.DeepClone()));
        own.MapPut("provider", (JsonObject body) =>
        {
            if ((Stale() ?? Refused()) is { } refused)
                return refused;
            Provider = new() { ["issuer"] = (string)body["issuer"]!, ["clientId"] = (string)body["clientId"]!, ["emailClaim"] = "email", ["redirectUri"] = "https://portal.example/back", ["setAt"] = DateTimeOffset.UtcNow };
            return Results.NoContent();
        });
        own.MapDelete("provider", () => Stale() ?? Taken());
        routes.MapGet("/api/map/municipalities/{code}", (string code) => Json(new JsonObject { ["code"] = code, ["name"] = "Stockholm", ["addresses"] = 41234, ["latitude"] = 59.3, ["longitude"] = 18 }));
        routes.MapGet("/api/providers", () => Json(new JsonArray(new JsonObject
        {
            ["channel"] = "sms", ["providers"] = new JsonArray(new JsonObject { ["name"] = "46elks", ["share"] = 90, ["state"] = "paused" }, new JsonObject { ["name"] = "sinch", ["share"] = 10, ["state"] = "well" }),
        })));
    }

    private static JsonObject Person(Guid id, string name, params string[] roles) => new()
    {
        ["id"] = id, ["name"] = name, ["email"] = "x@example.se", ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]), ["since"] = DateTimeOffset.UtcNow,
    };

    private static IResult Change(Guid id, Action change)
    {
        if (id == OperatorsDouble.Kim)
            return Problem(409, "last-administrator");
        if (id != Gun)
            return Problem(404, "unknown-operator");
        change();
        return Results.NoContent();
    }

    private IResult Made(string? id)
    {
        Clients.TryAdd(id ?? "-", true);
        return Json(new JsonObject { ["clientId"] = id, ["secret"] = "a-secret-shown-once" });
    }

    private IResult Taken()
    {
        Provider = null;
        return Results.NoContent();
    }

    private IResult? Stale() => operators.Stale ? Problem(403, "sign-in-again") : null;

    private IResult? Refused() => Fault is { } fault ? Problem(400, "validation", new() { ["errors"] = new Dictionary<string, string[]> { [fault.Field] = [fault.Fault] } }) : null;

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static IResult Problem(int status, string slug, Dictionary<string, object?>? extensions = null) =>
        Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}", extensions: extensions);
}
