using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Contacts' register imports: one at a time, in whatever state the test says.</summary>
public sealed class RegisterDouble
{
    private readonly ConcurrentDictionary<Guid, JsonObject> imports = [];

    /// <summary>What is decided next is refused so.</summary>
    public string? Refusal { get; set; }

    /// <summary>What has come of files, and how.</summary>
    public ConcurrentQueue<(string Format, string Complete, string Body)> Files { get; } = [];

    /// <summary>Decisions, by the route's last word.</summary>
    public ConcurrentQueue<(string What, string Body)> Decided { get; } = [];

    public void Reset()
    {
        imports.Clear();
        Files.Clear();
        Decided.Clear();
        Refusal = null;
    }

    public Guid Put(string state, int gone = 3, bool many = false, string? fault = null)
    {
        var id = Guid.CreateVersion7();
        imports[id] = new()
        {
            ["id"] = id, ["state"] = state, ["format"] = "csv", ["complete"] = true, ["bytes"] = 1000, ["bytesRead"] = 420, ["rowsRead"] = 4218, ["staged"] = 4000, ["protected"] = 7,
            ["refused"] = new JsonObject { ["mobile"] = 11, ["<b>new-word</b>"] = 1 }, ["mustConfirmGone"] = many, ["fault"] = fault, ["faultLine"] = fault is null ? null : 12,
            ["sentBy"] = OperatorsDouble.Kim.ToString(), ["receivedAt"] = DateTimeOffset.UtcNow, ["undoUntil"] = state == "done" ? DateTimeOffset.UtcNow.AddDays(14) : null,
        };
        if (state is "ready" or "done" or "rolled-back")
            (imports[id]["added"], imports[id]["changed"], imports[id]["unchanged"], imports[id]["gone"], imports[id]["people"]) = (1200, 34, 2000, gone, 20_000);
        return id;
    }

    internal void Map(IEndpointRouteBuilder routes)
    {
        var register = routes.MapGroup("/api/imports/register");
        register.MapGet("", () => Json(new JsonArray([.. imports.Values.Select(one => one.DeepClone())])));
        register.MapPost("", async (string format, string complete, HttpContext http) =>
        {
            if (Refusal is { } refusal)
                return Problem(refusal == "too-large" ? 413 : 409, refusal);
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (body.Length == 0)
                return Problem(400, "validation");
            Files.Enqueue((format, complete, body));
            return Json(new JsonObject { ["id"] = Put("received") });
        });
        register.MapGet("{id:guid}", (Guid id) => imports.TryGetValue(id, out var one) ? Json(one.DeepClone()) : Problem(404, "not-found"));
        register.MapGet("{id:guid}/samples", () => Json(new JsonObject
        {
            ["added"] = new JsonArray(Person("Astrid <Ny>", "Sankt Eriksgatan 117", null)), ["changed"] = new JsonArray(Person(null, "Odengatan 1", "Odengatan 2")), ["gone"] = new JsonArray(),
            ["refused"] = new JsonArray(new JsonObject { ["line"] = 7, ["reason"] = "mobile", ["key"] = "<b>cia", ["address"] = "Sankt Eriksgatan 117" }),
        }));
        register.MapGet("{id:guid}/refused", (Guid id) => imports.ContainsKey(id) ? Results.Text("line,reason\r\n2,mobile\r\n", "text/csv") : Problem(404, "not-found"));
        foreach (var what in (string[])["approve", "discard", "roll-back"])
            register.MapPost($"{{id:guid}}/{what}", async (Guid id, HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var body = await reader.ReadToEndAsync();
                if (!imports.TryGetValue(id, out var one))
                    return Problem(404, "not-found");
                if (Refusal is { } refusal)
                    return Problem(409, refusal);
                Decided.Enqueue((what, body));
                one["state"] = what switch { "approve" => "approved", "discard" => "discarded", _ => "rolling-back" };
                return Results.NoContent();
            });
    }

    private static JsonObject Person(string? name, string address, string? before) =>
        new() { ["kind"] = "private", ["name"] = name, ["address"] = address, ["before"] = before, ["mobile"] = true, ["landline"] = false };

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static IResult Problem(int status, string slug) => Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}");
}
