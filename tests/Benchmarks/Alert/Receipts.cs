using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Ums.Testing;
using Ums.Testing.Alerts;

namespace Ums.Benchmarks.Alert;

/// <summary>After everything has been handed over the provider tells of each message that it arrived, as fast as it is answered.</summary>
internal static class Receipts
{
    private const int AtOnce = 128;

    /// <returns>How fast they were answered, and how many recipients count as delivered afterwards.</returns>
    public static async Task<(Measured Answered, int Delivered)> BringAsync(RunningSystem system, ProviderProcess provider, AlertOperators operators, Guid id, long before)
    {
        var addresses = new List<Uri>();
        await foreach (var line in provider.ReadAsync())
        {
            if (line.N > before && Crowd.NumberOf(line.To) is not null)
            {
                // Straight to the service: the gateway has figures of its own.
                addresses.Add(new Uri(new Uri(line.Callback).AbsolutePath, UriKind.Relative));
            }
        }
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = new Uri(system.AddressOf("notifier")) };
        var (times, errors, started) = (new ConcurrentBag<double>(), 0, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (address, token) =>
        {
            var since = Stopwatch.GetTimestamp();
            using var form = new StringContent("status=delivered", Encoding.ASCII, "application/x-www-form-urlencoded");
            using var answer = await http.PostAsync(address, form, token);
            if (answer.IsSuccessStatusCode)
            {
                times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
            else
            {
                Interlocked.Increment(ref errors);
            }
        });
        var answered = Measured.Of(times, Stopwatch.GetElapsedTime(started), errors);
        return (answered, (await operators.ReadAsync(id)).GetProperty("counts").GetProperty("delivered").GetInt32());
    }
}
