using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Http;

/// <summary>What a double can be asked and told beside its provider's API: GET /ledger, GET /ledger/count, GET /receipts/count, GET and PUT /faults.</summary>
internal static class Control
{
    public static async Task AnswerAsync(HttpContext http, AcceptedMessages ledger, Weather weather, Func<object> receipts)
    {
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("GET", "/ledger"):
                http.Response.ContentType = "application/x-ndjson";
                await ledger.WriteToAsync(http.Response.BodyWriter, http.RequestAborted);
                break;
            case ("GET", "/ledger/count"):
                await SayAsync(http, new { count = ledger.Count });
                break;
            case ("GET", "/receipts/count"):
                await SayAsync(http, receipts());
                break;
            case ("GET", "/faults"):
                await Answer.GiveAsync(http, 200, "application/json", weather.Plan.ToJson());
                break;
            case ("PUT", "/faults"):
                await PlanAsync(http, weather);
                break;
            default:
                await Answer.SayAsync(http, 404, "Not found");
                break;
        }
    }

    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is > 0 and <= 1024 * 1024 and var length)
        {
            var body = new byte[(int)length];
            await request.Body.ReadExactlyAsync(body);
            return body;
        }
        using var whole = new MemoryStream();
        await request.Body.CopyToAsync(whole);
        return whole.ToArray();
    }

    private static async Task PlanAsync(HttpContext http, Weather weather)
    {
        try
        {
            weather.Plan = FaultPlan.Parse(await ReadAsync(http.Request));
            await Answer.GiveAsync(http, 200, "application/json", weather.Plan.ToJson());
        }
        catch (JsonException e)
        {
            await Answer.SayAsync(http, 400, e.Message);
        }
    }

    private static Task SayAsync(HttpContext http, object value) => Answer.GiveAsync(http, 200, "application/json", JsonSerializer.SerializeToUtf8Bytes(value));
}
