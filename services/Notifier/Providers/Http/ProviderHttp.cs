using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ums.Notifier.Providers.Http;

/// <summary>One request to a provider that speaks HTTP, and what is known after it. There is nothing of any one provider's words in it.</summary>
internal sealed class ProviderHttp(IHttpClientFactory clients, string provider, TimeProvider clock)
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>A Retry-After of a year must not silence us for one.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(30);

    private long quietUntil;

    /// <inheritdoc cref="IMessageProvider.QuietUntil"/>
    public DateTimeOffset QuietUntil => new(Volatile.Read(ref quietUntil), TimeSpan.Zero);

    /// <param name="read">What a successful answer says. A <see cref="JsonException"/> makes it <see cref="ProviderAnswer.Unknown"/>.</param>
    public async Task<ProviderAnswer> PostAsync(Uri address, HttpContent content, Func<byte[], ProviderAnswer> read, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < QuietUntil)
        {
            return ProviderAnswer.TooMany;
        }
        try
        {
            using var client = clients.CreateClient(provider);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadAsync(answer, read, cancellationToken);
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
            return ProviderAnswer.Garbled;
        }
    }

    private async Task<ProviderAnswer> ReadAsync(HttpResponseMessage answer, Func<byte[], ProviderAnswer> read, CancellationToken cancellationToken)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created:
                await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
                return read(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            case HttpStatusCode.TooManyRequests:
                KeepQuiet(answer.Headers.RetryAfter);
                return ProviderAnswer.TooMany;
            // The account's trouble, not the message's: another provider may carry it, and the breaker is to know.
            case HttpStatusCode.Unauthorized:
                return new ProviderAnswer.NotSent("bad-credentials", Again: true);
            case HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden:
                return new ProviderAnswer.NotSent("account-refused", Again: true);
            // Whoever says this has not taken it up. Were it counted as unknown, an outage would use up the one time that a message may be sent again.
            case HttpStatusCode.ServiceUnavailable:
                KeepQuiet(answer.Headers.RetryAfter);
                return new ProviderAnswer.NotSent("provider-unavailable", Again: true);
            // Said by whatever stands between, which may have passed the request on.
            case HttpStatusCode.RequestTimeout:
                return new ProviderAnswer.Unknown("timeout");
            case >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError:
                return ProviderAnswer.Refused;
            case >= HttpStatusCode.InternalServerError:
                return new ProviderAnswer.Unknown("server-error");
            default:
                return ProviderAnswer.Garbled;
        }
    }

    private void KeepQuiet(RetryConditionHeaderValue? asked)
    {
        var now = clock.GetUtcNow();
        var pause = asked?.Delta ?? asked?.Date - now ?? TimeSpan.Zero;
        Volatile.Write(ref quietUntil, (now + (pause < LongestQuiet ? pause : LongestQuiet)).UtcTicks);
    }
}
