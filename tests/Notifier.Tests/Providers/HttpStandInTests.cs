using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Providers;

/// <summary>The contract against a provider that is reached over HTTP and whose far end fails in every way: proof that the seam can be kept on a real wire.</summary>
public sealed class HttpStandInTests : ProviderContract, IDisposable
{
    private readonly FarEnd farEnd = new();
    private readonly HttpClient http;

    public HttpStandInTests() => http = new HttpClient(farEnd) { BaseAddress = new Uri("http://provider.invalid/") };

    internal override IMessageProvider Provider => new HttpStandIn(http);

    public void Dispose()
    {
        http.Dispose();
        farEnd.Dispose();
    }

    protected override Task<IReadOnlyList<string>> ArrivedAsync(string phone) =>
        Task.FromResult<IReadOnlyList<string>>([.. farEnd.Ledger.Where(sms => sms.To == phone).Select(sms => sms.Text)]);

    protected override void Break(Fault fault) => farEnd.Broken = fault;

    internal override (string ContentType, string Body) Write(ReceiptKind kind) =>
        ("application/x-www-form-urlencoded", $"id=s1&status={kind.ToString().ToLowerInvariant()}");

    private sealed record Sms(string To, string Text);

    private sealed class HttpStandIn(HttpClient http) : IMessageProvider
    {
        public string Name => "standin";

        public bool Carries(Channel channel) => channel == Channel.Sms;

        public async Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync("sms", new Sms(message.To, message.Text), cancellationToken);
                return answer.StatusCode switch
                {
                    HttpStatusCode.Created => new ProviderAnswer.Accepted((await answer.Content.ReadFromJsonAsync<Guid>(cancellationToken)).ToString()),
                    HttpStatusCode.TooManyRequests => new ProviderAnswer.NotSent("too-many", Again: true),
                    >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new ProviderAnswer.NotSent("refused", Again: false),
                    _ => new ProviderAnswer.Unknown("server-error"),
                };
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            {
                return new ProviderAnswer.NotSent("no-connection", Again: true);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                return new ProviderAnswer.Unknown("no-answer");
            }
        }

        public async Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken)
        {
            try
            {
                var status = request.HasFormContentType ? (string?)(await request.ReadFormAsync(cancellationToken))["status"] : null;
                return status switch
                {
                    "sent" => new Receipt(ReceiptKind.Sent),
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
    }

    private sealed class FarEnd : HttpMessageHandler
    {
        public List<Sms> Ledger { get; } = [];

        public Fault? Broken { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (Broken)
            {
                case Fault.Unreachable:
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));
                case Fault.Refused:
                    return new HttpResponseMessage(HttpStatusCode.BadRequest);
                case Fault.Busy:
                    return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            }
            Ledger.Add((await request.Content!.ReadFromJsonAsync<Sms>(cancellationToken))!);
            return Broken switch
            {
                Fault.Broken => new HttpResponseMessage(HttpStatusCode.BadGateway),
                Fault.CutOff => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut off", new IOException()),
                Fault.Garbled => new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("<html>") },
                _ => new HttpResponseMessage(HttpStatusCode.Created) { Content = JsonContent.Create(Guid.NewGuid()) },
            };
        }
    }
}
