using System.Collections.Concurrent;
using System.Globalization;

namespace Ums.Identity.Tests.Pins;

/// <summary>
/// One attacker, hundreds of numbers and networks, and far more guesses than checks. A guess at six digits hits once in a million, which no test can wait for;
/// so the attacker here is told a small share of all codes in which the right one lies, which makes each guess worth twenty thousand.
/// </summary>
public sealed class HorizontalGuessingTests(HorizontalGuessingTests.Guessed identity) : IClassFixture<HorizontalGuessingTests.Guessed>
{
    private const int Sessions = 240;
    private const int GuessesEach = 15;
    private const int Checks = 5;
    private const int LongAfter = 300;
    private const int AtOnce = 8;

    /// <summary>Codes of six digits that the attacker must choose from; with eight digits it is a hundred times as many.</summary>
    private const int Candidates = 50;

    [Fact]
    public async Task hits_stay_below_what_the_checks_allow_by_chance()
    {
        await using var replica = await identity.StartReplicaAsync();
        var doors = new[] { identity.Client, replica.CreateClient() };
        var sessions = new ConcurrentBag<(int Digits, int Hits)>();
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var browser = new Browser(identity, Browser.NewNetwork(), doors[i % 2]);
            var asked = await browser.AskedAsync($"+46701{740_000 + (i * 2):000000}", captcha: CrowdFixture.Pass);
            var pin = await browser.PinAsync(asked.PinRequestId);
            Assert.Equal(asked.Digits, pin.Length);
            var answers = await Task.WhenAll(GuessesAt(pin).Select(guess => browser.HandedInAsync(asked.PinRequestId, guess)));
            sessions.Add((asked.Digits, answers.Count(answer => answer.AccessToken is not null)));
        });

        var (six, eight) = (sessions.Count(s => s.Digits == 6), sessions.Count(s => s.Digits == 8));
        var hits = sessions.Sum(s => s.Hits);
        var expected = (six * Chance(Candidates)) + (eight * Chance(100 * Candidates));
        var seen = string.Create(CultureInfo.InvariantCulture, $"{hits} hits, {expected:0.0} expected; {six} sessions with six digits, {eight} with eight");
        Assert.True(sessions.All(s => s.Hits <= 1), seen);
        Assert.True(hits <= Bound(expected), seen);
        // Each session with six digits either hits or uses up five checks, so the budget ends them.
        Assert.InRange(six, LongAfter / Checks, (LongAfter / Checks) + AtOnce + sessions.Count(s => s is { Digits: 6, Hits: 1 }) + 1);
    }

    private static double Chance(int candidates) => (double)Checks / candidates;

    /// <summary>The number of hits that chance exceeds once in a million runs: hits are Poisson at most.</summary>
    private static int Bound(double expected)
    {
        var (k, term, sum) = (0, Math.Exp(-expected), Math.Exp(-expected));
        while (1 - sum > 1e-6)
        {
            term *= expected / ++k;
            sum += term;
        }
        return k;
    }

    /// <summary>Different guesses out of the codes that may be right.</summary>
    private static IEnumerable<string> GuessesAt(string pin)
    {
        var (all, candidates) = pin.Length == 6 ? (1_000_000, Candidates) : (100_000_000, 100 * Candidates);
        var first = int.Parse(pin, CultureInfo.InvariantCulture) - Random.Shared.Next(candidates) + all;
        return Enumerable.Range(0, candidates).OrderBy(_ => Random.Shared.Next()).Take(GuessesEach)
            .Select(i => ((first + i) % all).ToString($"D{pin.Length}", CultureInfo.InvariantCulture));
    }

    public sealed class Guessed : CrowdFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Pins:Limits:LongPinsAfter"] = $"{LongAfter}";
        }
    }
}
