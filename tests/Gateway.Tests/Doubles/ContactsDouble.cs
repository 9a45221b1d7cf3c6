using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Contacts: one entry, which is whatever the test says, and the changes that were asked for.</summary>
public sealed class ContactsDouble
{
    /// <summary>Null for a number that nobody has registered.</summary>
    public JsonObject? Entry { get; set; }

    /// <summary>The next change is refused so.</summary>
    public Refusal? Refusal { get; set; }

    public void Reset() => (Entry, Refusal) = (null, null);

    /// <summary>Astrid of Sankt Eriksgatan with a summer address that is switched off.</summary>
    public static JsonObject Astrid(string givenName = "Astrid", string street = "Birger Jarlsgatan") => new()
    {
        ["id"] = Guid.CreateVersion7().ToString(),
        ["kind"] = "private",
        ["givenName"] = givenName,
        ["familyName"] = "Lindqvist",
        ["nameHidden"] = false,
        ["source"] = "supplementaryRegister",
        ["isNew"] = true,
        ["phones"] = new JsonArray(
            Phone("+46701740605", "mobile", true),
            Phone("+46846500401", "landline", false)),
        ["addresses"] = new JsonArray(
            Address("Sankt Eriksgatan", 117, null, "11343", true, true, 10088920, 59.3382, 18.0357),
            Address(street, 131, "a", "11356", false, false, 10116804, 59.3457, 18.0600)),
        ["organisation"] = new JsonObject { ["slug"] = "stockholm" },
    };

    /// <summary>The resident's word, given a day ago unless the test says otherwise.</summary>
    public static JsonObject Confirmation(DateTimeOffset? confirmedAt = null, DateTimeOffset? remindedAt = null, DateTimeOffset? passiveAt = null) => new()
    {
        ["confirmedAt"] = confirmedAt ?? DateTimeOffset.UtcNow.AddDays(-1), ["remindedAt"] = remindedAt, ["answerBy"] = remindedAt?.AddMonths(2), ["passiveAt"] = passiveAt,
    };

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/contact", (HttpContext http) => Entry is null ? new Refusal(404, "not-registered").Answer(http) : Results.Json(Entry));
        routes.MapGet("/api/contact/export", () => Results.Bytes("{}"u8.ToArray(), "application/json", "export.json"));
        routes.MapPost("/api/contact", (HttpContext http) => Change(http, () => Entry = Astrid()));
        routes.MapPut("/api/contact/addresses/{id}/alerts", (HttpContext http, string id, Switch body) => Change(http, () =>
        {
            foreach (var address in Entry!["addresses"]!.AsArray().Where(address => (string)address!["id"]! == id))
            {
                address!["alerts"] = body.Enabled;
            }
        }));
        routes.MapPut("/api/contact/confirmation", (HttpContext http) => Change(http, () => Entry!["confirmation"] = Confirmation()));
        routes.Map("/api/contact/{**rest}", (HttpContext http) => Change(http, () => { }));
        routes.MapDelete("/api/contact", (HttpContext http) => Change(http, () => Entry = null));
    }

    private IResult Change(HttpContext http, Action change)
    {
        if (Refusal is { } refusal)
        {
            return refusal.Answer(http);
        }
        change();
        return Results.NoContent();
    }

    private static JsonObject Phone(string number, string kind, bool signedIn) =>
        new() { ["id"] = Guid.CreateVersion7().ToString(), ["number"] = number, ["kind"] = kind, ["signedIn"] = signedIn };

    private static JsonObject Address(string street, int number, string? letter, string postcode, bool main, bool alerts, int fnr, double latitude, double longitude) => new()
    {
        ["id"] = Guid.CreateVersion7().ToString(),
        ["addressId"] = $"{street}-{number}{letter}",
        ["street"] = street,
        ["number"] = number,
        ["letter"] = letter,
        ["postcode"] = postcode,
        ["place"] = "Stockholm",
        ["municipalityCode"] = "0180",
        ["main"] = main,
        ["alerts"] = alerts,
        ["gnr"] = 0,
        ["bnr"] = 0,
        ["fnr"] = fnr,
        ["snr"] = 0,
        ["latitude"] = latitude,
        ["longitude"] = longitude,
        ["located"] = true,
    };

    internal sealed record Switch(bool Enabled);
}
