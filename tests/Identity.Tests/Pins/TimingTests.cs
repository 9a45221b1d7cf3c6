using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Ums.Identity.Askers;
using Ums.Identity.Pins;
using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Tests.Pins;

/// <summary>What an answer's form and time could tell. Samples are taken in turn, so that a busy machine slows both alike.</summary>
public sealed class TimingTests(TimingTests.NoLimits identity) : IClassFixture<TimingTests.NoLimits>
{
    private const int Samples = 300;

    [Fact]
    public async Task known_and_unknown_numbers_get_equal_answers_in_equal_time()
    {
        await SignedInBeforeAsync(Enumerable.Range(0, Samples + 20).Select(Known));
        var asker = Browser.Elsewhere(identity);
        await asker.ChallengeAsync();
        var (ofKnown, ofUnknown) = (new List<double>(), new List<double>());
        var forms = new HashSet<string>();

        for (var i = 0; i < Samples + 20; i++)
        {
            foreach (var (phone, times) in new[] { (Known(i), ofKnown), ($"+46701742{i:000}", ofUnknown) })
            {
                var started = Stopwatch.GetTimestamp();
                using var response = await asker.AskAsync(phone, captcha: CrowdFixture.Pass);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                forms.Add(await FormAsync(response));
            }
        }

        Assert.Single(forms);
        // 1.95 stands for one false alarm in a thousand runs.
        Assert.InRange(KolmogorovSmirnov(ofKnown[20..], ofUnknown[20..]), 0, 1.95 * Math.Sqrt(2.0 / Samples));
    }

    [Fact]
    public void a_right_pin_is_compared_in_the_time_of_a_wrong_one()
    {
        var secret = new PinSecret(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Keys:Pins"] = Convert.ToBase64String(new byte[32]) }).Build());
        var (id, right, wrong) = (Guid.CreateVersion7(), Pin.Read("123456")!, Pin.Read("923456")!);
        var (salt, hash) = secret.Hash(id, right);
        var (ofRight, ofWrong) = (new List<double>(), new List<double>());

        for (var i = 0; i < 6_000; i++)
        {
            foreach (var (pin, times) in i % 2 == 0 ? new[] { (right, ofRight), (wrong, ofWrong) } : [(wrong, ofWrong), (right, ofRight)])
            {
                var started = Stopwatch.GetTimestamp();
                secret.Matches(id, salt, hash, pin);
                times.Add(Stopwatch.GetTimestamp() - started);
            }
        }

        Assert.InRange(Median(ofRight[1_000..]) / Median(ofWrong[1_000..]), 0.8, 1.25);
    }

    [Fact]
    public void pins_are_spread_evenly_over_all_six_digits()
    {
        var counts = new int[6, 10];
        for (var i = 0; i < 60_000; i++)
        {
            var digits = Pin.Random().Digits;
            for (var place = 0; place < 6; place++)
                counts[place, digits[place] - '0']++;
        }
        // Chi squared with nine degrees of freedom; 40 is exceeded once in some hundred thousand runs.
        for (var place = 0; place < 6; place++)
            Assert.InRange(Enumerable.Range(0, 10).Sum(digit => Math.Pow(counts[place, digit] - 6_000, 2) / 6_000), 0, 40);
    }

    private static string Known(int i) => $"+46701743{i:000}";

    /// <summary>From elsewhere, some time ago.</summary>
    private async Task SignedInBeforeAsync(IEnumerable<string> phones)
    {
        await using var scope = identity.Services.CreateAsyncScope();
        foreach (var phone in phones)
        {
            await scope.ServiceProvider.GetRequiredService<Trust>().RecordAsync(
                PhoneNumber.Parse(phone), new Asker(new byte[32], Browser.NewNetwork()), identity.Clock.GetUtcNow(), default);
        }
    }

    /// <summary>All that a stranger sees, with what is new in every answer blanked out.</summary>
    private static async Task<string> FormAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var id = body.Split('"')[3];
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return $"{body.Replace(id, "id", StringComparison.Ordinal)} {body.Length} {string.Join(',', response.Headers.Select(header => header.Key))}";
    }

    private static double KolmogorovSmirnov(List<double> one, List<double> other) =>
        one.Concat(other).Max(t => Math.Abs(one.Count(x => x <= t) - other.Count(x => x <= t)) / (double)one.Count);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    public sealed class NoLimits : CrowdFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            foreach (var name in typeof(PinLimitOptions).GetProperties().Select(property => property.Name).Where(name => !name.EndsWith("Factor", StringComparison.Ordinal)))
                settings["Pins:Limits:" + name] = "1000000";
        }
    }
}
