using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Ums.Testing.Alerts;

namespace Ums.Benchmarks.Alert;

/// <summary>The physical limit of this machine on this day: the same messages to the same double by nothing but an HttpClient.</summary>
internal static class RawClient
{
    private const int AtOnce = 384;

    public static async Task<double> PerSecondAsync(ProviderProcess provider, TimeSpan length)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = provider.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ProviderProcess.Username}:{ProviderProcess.Password}")));
        await LoopAsync(http, TimeSpan.FromSeconds(2)); // warm
        return await LoopAsync(http, length);
    }

    private static async Task<double> LoopAsync(HttpClient http, TimeSpan length)
    {
        long done = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
            {
                using var form = new FormUrlEncodedContent([new("from", "Raw"), new("to", "+46701740605"), new("message", "Så fort går det utan allt annat.")]);
                using var answer = await http.PostAsync(new Uri("sms", UriKind.Relative), form);
                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }
}
