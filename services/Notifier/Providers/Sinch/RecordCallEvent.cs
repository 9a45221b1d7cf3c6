using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Providers.Sinch;

/// <summary>
/// Events of Sinch's calls: they come to one address, which is set in the application there, each with the call's id and signed with the application's secret. An
/// event that is old is no event, so that one cannot be played again.
/// </summary>
internal static class RecordCallEvent
{
    private const int LongestEvent = 16 * 1024;
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(10);

    private static readonly byte[] HangUp = """{"action":{"name":"hangup"}}"""u8.ToArray();

    public static async Task<Results<FileContentHttpResult, NoContent, ProblemHttpResult>> Handle(
        HttpRequest request, SinchOptions options, ReceiptSink sink, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.ContentLength is not (> 0 and <= LongestEvent))
        {
            return NotAnEvent();
        }
        var body = new byte[(int)request.ContentLength];
        await request.Body.ReadExactlyAsync(body, cancellationToken);
        if (!IsGenuine(request, body, options, clock.GetUtcNow()))
        {
            return Problems.Problem(StatusCodes.Status401Unauthorized, "not-genuine", "The event is not signed by this application.");
        }
        if (Read(body) is not { CallId: { Length: > 0 and <= 100 } call, Event: "ice" or "ace" or "pie" or "dice" } told)
        {
            return NotAnEvent();
        }
        try
        {
            await (Receipt(told) is { } receipt ? sink(SinchProvider.ProviderName, call, receipt, cancellationToken) : Task.CompletedTask);
        }
        catch (UnknownReferenceException)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "unknown-call", "No such call is known, or not yet.");
        }
        return told.Event == "pie" ? TypedResults.File(HangUp, "application/json") : TypedResults.NoContent();
    }

    /// <summary>As Sinch signs: a hash of the body, its type, the time and the path, keyed with the application's secret.</summary>
    internal static string Sign(string secret, string contentType, string timestamp, string path, ReadOnlySpan<byte> body)
    {
#pragma warning disable CA5351 // Sinch's choice; what counts is the HMAC over it.
        var hash = Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
        var text = $"POST\n{hash}\n{contentType}\nx-timestamp:{timestamp}\n{path}";
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes(text)));
    }

    private static bool IsGenuine(HttpRequest request, byte[] body, SinchOptions options, DateTimeOffset now)
    {
        var timestamp = request.Headers["x-timestamp"].ToString();
        var signature = Sign(options.ApplicationSecret, request.ContentType ?? "", timestamp, request.Path.ToUriComponent(), body);
        return CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes($"Application {options.ApplicationKey}:{signature}"), Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()))
            && DateTimeOffset.TryParse(timestamp, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            && (now - at).Duration() < LongestAge;
    }

    private static Told? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Told>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Receipt? Receipt(Told told) => told switch
    {
        { Event: "ace" } => new Receipt(ReceiptKind.Sent),
        { Event: "pie", MenuResult: { Type: "return", Value: SinchCallout.Acknowledged } } => new Receipt(ReceiptKind.Delivered, Acknowledged: true),
        { Event: "dice", Result: "ANSWERED" } => new Receipt(ReceiptKind.Delivered),
        { Event: "dice", Result: "BUSY" } => new Receipt(ReceiptKind.Failed, "busy"),
        { Event: "dice" } => new Receipt(ReceiptKind.Failed, "not-answered"),
        _ => null,
    };

    private static ProblemHttpResult NotAnEvent() => Problems.Problem(StatusCodes.Status400BadRequest, "not-a-receipt", "The body is not an event of a call.");

    private sealed record Told(string? Event, string? CallId, string? Result, Menu? MenuResult);

    private sealed record Menu(string? Type, string? Value);
}
