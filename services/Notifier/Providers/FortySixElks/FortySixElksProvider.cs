using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ums.Notifier.Providers.FortySixElks;

/// <summary>
/// 46elks in Uppsala, by its API <c>a1</c>: SMS. Its calls play sound files and speak no text, so it carries none until there are files to play.
/// </summary>
internal sealed class FortySixElksProvider(IHttpClientFactory clients, FortySixElksOptions options, TimeProvider clock) : IMessageProvider
{
    public const string ProviderName = "46elks";

    private const int LongestAnswer = 64 * 1024;
    private const int LongestReference = 100;

    /// <summary>A Retry-After of a year must not silence us for one.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(30);

    private long quietUntil;

    public string Name => ProviderName;

    public bool Carries(Channel channel) => channel == Channel.Sms;

    public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (!Carries(message.Channel))
        {
            return new ProviderAnswer.NotSent("not-supported", Again: false);
        }
        if (clock.GetUtcNow().UtcTicks < Volatile.Read(ref quietUntil))
        {
            return new ProviderAnswer.NotSent("too-many", Again: true);
        }
        try
        {
            using var client = clients.CreateClient(ProviderName);
            using var request = new HttpRequestMessage(HttpMethod.Post, "sms") { Content = new FormUrlEncodedContent(Form(message)) };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadAnswerAsync(answer, cancellationToken);
        }
        catch (HttpRequestException e) when (
            e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            return new ProviderAnswer.NotSent("no-connection", Again: true);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // Nobody stopped us and the client has no timeout of its own: it is the connection that did not come about.
            return new ProviderAnswer.NotSent("no-connection", Again: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new ProviderAnswer.Unknown("no-answer");
        }
        catch (JsonException)
        {
            return new ProviderAnswer.Unknown("garbled");
        }
    }

    public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/x-www-form-urlencoded")
        {
            return null;
        }
        try
        {
            return (string?)(await request.ReadFormAsync(cancellationToken))["status"] switch
            {
                "created" or "sent" => new Receipt(ReceiptKind.Sent),
                "delivered" => new Receipt(ReceiptKind.Delivered),
                "failed" => new Receipt(ReceiptKind.Failed, "not-delivered"),
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private Dictionary<string, string> Form(OutboundMessage message) => new()
    {
        ["from"] = SenderId.Of(message.From, options.Sender),
        ["to"] = message.To,
        ["message"] = message.Text,
        ["whendelivered"] = message.ReceiptAddress.AbsoluteUri,
        // A PIN has no business in the provider's log.
        ["dontlog"] = "message",
    };

    private async Task<ProviderAnswer> ReadAnswerAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created:
                return await ReadAcceptedAsync(answer.Content, cancellationToken);
            case HttpStatusCode.TooManyRequests:
                KeepQuiet(answer.Headers.RetryAfter);
                return new ProviderAnswer.NotSent("too-many", Again: true);
            // The account's trouble, not the message's: another provider may carry it, and the breaker is to know.
            case HttpStatusCode.Unauthorized:
                return new ProviderAnswer.NotSent("bad-credentials", Again: true);
            case HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden:
                return new ProviderAnswer.NotSent("account-refused", Again: true);
            // Said by whatever stands between, which may have passed the request on.
            case HttpStatusCode.RequestTimeout:
                return new ProviderAnswer.Unknown("timeout");
            case >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError:
                return new ProviderAnswer.NotSent("refused", Again: false);
            case >= HttpStatusCode.InternalServerError:
                return new ProviderAnswer.Unknown("server-error");
            default:
                return new ProviderAnswer.Unknown("garbled");
        }
    }

    /// <exception cref="JsonException">The body is not JSON, or not theirs.</exception>
    private static async Task<ProviderAnswer> ReadAcceptedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
        return JsonSerializer.Deserialize<Sms>(await content.ReadAsByteArrayAsync(cancellationToken), JsonSerializerOptions.Web) switch
        {
            { Status: "failed" } => new ProviderAnswer.NotSent("refused", Again: false),
            { Id: { Length: > 0 and <= LongestReference } id } => new ProviderAnswer.Accepted(id),
            _ => new ProviderAnswer.Unknown("garbled"),
        };
    }

    private void KeepQuiet(RetryConditionHeaderValue? asked)
    {
        var now = clock.GetUtcNow();
        var pause = asked?.Delta ?? asked?.Date - now ?? TimeSpan.Zero;
        Volatile.Write(ref quietUntil, (now + (pause < LongestQuiet ? pause : LongestQuiet)).UtcTicks);
    }

    private sealed record Sms(string? Id, string? Status);
}
