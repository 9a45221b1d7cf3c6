using System.Net;
using CsCheck;
using Ums.Identity.Pins;

namespace Ums.Identity.Tests.Pins;

/// <summary>
/// Right, wrong and outdated PINs, resends and time in any order, some of them at once through two replicas: never more than one session, five comparisons for
/// a PIN, and none after its end. What is done alone must be answered exactly as the rules say. CsCheck prints a seed for what fails.
/// </summary>
public sealed class InterleavingTests(InterleavingTests.Traced identity) : IClassFixture<InterleavingTests.Traced>
{
    private static readonly Gen<(int Seconds, Step[] Steps)[]> Rounds = Gen.Select(
        Gen.OneOf(0, 0, 0, 45, 400), Gen.Frequency((2, Gen.Enum<Step>().Array[1]), (3, Steps().Array[2, 8]))).Array[1, 7];

    public enum Step
    {
        Right,
        Wrong,
        Outdated,
        Resend,
    }

    [Fact]
    public async Task in_any_order_there_is_one_session_at_most_and_five_comparisons_and_none_too_late()
    {
        await using var replica = await identity.StartReplicaAsync();
        using var second = replica.CreateClient();
        await Rounds.SampleAsync(
            async rounds => await new Scenario(identity, second).RunAsync(rounds), iter: 80, threads: 1,
            print: rounds => string.Join(" | ", rounds.Select(round => $"+{round.Seconds}s {string.Join(',', round.Steps)}")));
    }

    /// <summary>Mostly wrong ones, as otherwise the first round would be the last.</summary>
    private static Gen<Step> Steps() => Gen.Frequency((1, Step.Right), (6, Step.Wrong), (1, Step.Outdated), (1, Step.Resend));

    /// <summary>One request for a PIN, and what is known about it from outside.</summary>
    private sealed class Scenario(Traced identity, HttpClient replica)
    {
        private readonly List<string> pins = [];
        private Browser[] doors = [];
        private Guid id;
        private DateTimeOffset askedAt, expiresAt, resendAfter;
        private int checks, sends, compared;
        private bool used;

        public async Task RunAsync((int Seconds, Step[] Steps)[] rounds)
        {
            await AskAsync();
            var sessions = await SessionsAsync();
            foreach (var (seconds, steps) in rounds)
            {
                identity.Clock.Advance(TimeSpan.FromSeconds(seconds));
                var expected = steps.Length == 1 ? Expected(steps[0]) : null;
                var alive = !used && identity.Clock.GetUtcNow() < expiresAt;
                var answers = await Task.WhenAll(steps.Select((step, i) => TakeAsync(step, doors[i % 2])));
                var resent = answers.Count(answer => answer == "resent");
                Assert.True(expected is null || answers[0] == expected, $"{steps[0]}: {answers[0]}, not {expected}");
                Assert.InRange(answers.Count(answer => answer == "token"), 0, alive ? 1 : 0);
                Assert.InRange(resent, 0, 1);
                if (!alive && resent == 0)
                    Assert.Equal(compared, await identity.QueryAsync<long>("select count(*) from counted where request = $1", id));
                await LookAsync(answers);
            }
            Assert.Equal(used ? sessions + 1 : sessions, await SessionsAsync());
        }

        private async Task AskAsync()
        {
            var first = Browser.Elsewhere(identity);
            var asked = await first.AskedAsync(identity.NewPhone(), captcha: CrowdFixture.Pass);
            doors = [first, new Browser(identity, Browser.NewNetwork(), replica) { Cookie = first.Cookie }];
            (id, askedAt, expiresAt, resendAfter, sends) = (asked.PinRequestId, identity.Clock.GetUtcNow(), asked.ExpiresAt, asked.ResendAfter, 1);
            pins.Add(await first.PinAsync(id));
        }

        private async Task<string> TakeAsync(Step step, Browser door)
        {
            if (step == Step.Resend)
            {
                using var response = await door.ResendAsync(id);
                return response.StatusCode == HttpStatusCode.Accepted ? "resent" : $"{(int)response.StatusCode}";
            }
            var answer = await door.HandedInAsync(id, step switch { Step.Right => pins[^1], Step.Outdated => pins[0], _ => Browser.Other(pins[^1]) });
            return answer.AccessToken is not null ? "token" : answer.Problem!;
        }

        /// <summary>The rules, for a step that is taken alone.</summary>
        private string Expected(Step step)
        {
            var now = identity.Clock.GetUtcNow();
            if (step == Step.Resend)
                return used || now > askedAt + PinRequest.Resendable ? "404" : now < resendAfter || sends >= PinRequest.MostSends ? "429" : "resent";
            var right = step == Step.Right || (step == Step.Outdated && pins[0] == pins[^1]);
            return used ? "used-pin" : now >= expiresAt ? "expired-pin" : checks >= PinRequest.MostChecks ? "too-many-tries"
                : right ? "token" : checks == PinRequest.MostChecks - 1 ? "too-many-tries" : "wrong-pin";
        }

        private async Task LookAsync(string[] answers)
        {
            used |= answers.Contains("token");
            Assert.Equal(used, await identity.QueryAsync<bool>("select used_at is not null from pin_requests where id = $1", id));
            Assert.InRange(await identity.QueryAsync<long>("select coalesce(max(n), 0) from (select count(*) as n from counted where request = $1 group by delivery) as d", id), 0, 5);
            compared = (int)await identity.QueryAsync<long>("select count(*) from counted where request = $1", id);
            checks = await identity.QueryAsync<short>("select checks from pin_requests where id = $1", id);
            if (answers.Contains("resent"))
            {
                expiresAt = new DateTimeOffset(await identity.QueryAsync<DateTime>("select expires_at from pin_requests where id = $1", id));
                resendAfter = identity.Clock.GetUtcNow() + TimeSpan.FromSeconds(30 << sends++);
                pins.Add(await doors[0].PinAsync(id, sends));
            }
        }

        private Task<long> SessionsAsync() => identity.QueryAsync<long>("select count(*) from sessions");
    }

    /// <summary>The database itself writes down each try that is counted, and by which PIN.</summary>
    public sealed class Traced : CrowdFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await ExecuteAsync("""
                create table counted (request uuid, delivery uuid);
                grant insert on counted to ums_app;
                create function count_try() returns trigger language plpgsql as $$ begin insert into counted values (new.id, new.delivery_id); return null; end $$;
                create trigger count_try after update on pin_requests for each row when (new.checks > old.checks) execute function count_try();
                """);
        }

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            foreach (var limit in new[] { "AskerPer10Minutes", "AskerPerHour", "AskerPerDay", "LongPinsForNumberAfter", "FailuresInARow" })
                settings[$"Pins:Limits:{limit}"] = "10000";
        }
    }
}
