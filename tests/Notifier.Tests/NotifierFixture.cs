using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Events;
using Ums.Notifier.Phone;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing;

namespace Ums.Notifier.Tests;

/// <summary>Notifier with the telephone double, and Identity's side of a PIN.</summary>
public class NotifierFixture : ServiceFixture<Program>
{
    private static int phones;

    public static readonly Guid Organisation = Guid.Parse("0198a000-0000-7000-8000-000000000001");

    public byte[] PinKey => Convert.FromBase64String(Keys["PinDelivery"]);

    /// <summary>A mobile number of its own for each test, among those that the regulator keeps for fiction.</summary>
    public static string NewMobile() => $"+46701740{Interlocked.Increment(ref phones) % 95 + 605}";

    public const string Landline = "+46846500410";

    /// <summary>What Identity would put on the bus.</summary>
    public PinRequested Request(string phone, string pin = "482913", string channel = "sms", TimeSpan? life = null, byte[]? key = null, string language = "sv")
    {
        var (request, delivery) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var box = new PinDelivery(phone, pin, language, "Piteå", "+46846500400", "Piteå kommun").Seal(key ?? PinKey, request, delivery);
        return new PinRequested(request, delivery, Organisation, channel, box, DateTimeOffset.UtcNow + (life ?? TimeSpan.FromMinutes(10)), DateTimeOffset.UtcNow);
    }

    /// <summary>The urgent road.</summary>
    public async Task<HttpResponseMessage> HandOverAsync(object? body, Guid? messageId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/messages/pin-requested") { Content = JsonContent.Create(body) };
        request.Headers.Add("Ums-Message-Id", (messageId ?? Guid.CreateVersion7()).ToString());
        return await Client.SendAsync(request);
    }

    internal async Task<List<ReadPhone.Item>> PhoneAsync(string phone) =>
        (await Client.GetFromJsonAsync<List<ReadPhone.Item>>($"/dev/phone/{Uri.EscapeDataString(phone)}"))!;

    internal Task<List<ReadPhone.Item>> ReceivedAsync(string phone) =>
        Eventually.GetAsync(async () => await PhoneAsync(phone) is { Count: > 0 } items ? items : null);

    public Task<string?> StateAsync(Guid deliveryId) => QueryAsync<string>("select state from messages where source_id = $1", deliveryId);

    public Task BecomesAsync(Guid deliveryId, string state) =>
        Eventually.PassesAsync(async () => Assert.Equal(state, await StateAsync(deliveryId)));

    protected override void ConfigureServices(IServiceCollection services) =>
        // The telephones report over HTTP, which in a test is this very server.
        services.AddHttpClient(nameof(PhoneReceipts))
            .ConfigurePrimaryHttpMessageHandler(provider => ((TestServer)provider.GetRequiredService<IServer>()).CreateHandler());
}
