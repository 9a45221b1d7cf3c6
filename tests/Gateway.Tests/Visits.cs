using System.Diagnostics;
using System.Net;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>What the well-behaved notice of an attack on the server.</summary>
internal static class Visits
{
    /// <summary>Asks, one after the other, and times each.</summary>
    public static async Task<IReadOnlyCollection<TimeSpan>> MakeAsync(HttpClient visitor, TimeSpan length)
    {
        var times = new List<TimeSpan>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var since = Stopwatch.GetTimestamp();
            using var answer = await visitor.GetAsync("/api/organisations/stockholm");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            times.Add(Stopwatch.GetElapsedTime(since));
            await Task.Delay(10);
        }
        return times;
    }

    public static TimeSpan Share(IReadOnlyCollection<TimeSpan> times, double share) => times.Order().ElementAt((int)(times.Count * share));

    // Half of them within a second, or on a machine that does much else ten times what it took before. The attackers are in this very process.
    public static void AssertLittleSlower(IReadOnlyCollection<TimeSpan> calm, IReadOnlyCollection<TimeSpan> meanwhile)
    {
        var allowed = TimeSpan.FromSeconds(Math.Max(1, 10 * Share(calm, 0.5).TotalSeconds));
        Assert.True(Share(meanwhile, 0.5) < allowed, $"Others waited {Share(meanwhile, 0.5)}, and {Share(calm, 0.5)} before.");
    }
}
