using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

/// <summary>The same attack on every way to a PIN: there is one verifier, and it counts before it compares.</summary>
public sealed class BruteForceTests(BruteForceTests.Forgetful identity) : IClassFixture<BruteForceTests.Forgetful>
{
    [Theory]
    [InlineData("sms")]
    [InlineData("voice")]
    [InlineData("add-phone")]
    public async Task two_hundred_parallel_wrong_pins_cost_five_comparisons(string way)
    {
        var browser = Browser.Elsewhere(identity);
        var (id, pin) = await PinAsync(browser, way);
        await using var replica = await identity.StartReplicaAsync();
        var doors = new[] { browser, new Browser(identity, Browser.NewNetwork(), replica.CreateClient()) { Cookie = browser.Cookie } };

        var guesses = Enumerable.Range(0, 201).Select(i => i == 100 ? pin : Browser.Other(pin));
        var answers = await Task.WhenAll(guesses.Select((guess, i) => doors[i % 2].HandedInAsync(id, guess)));

        var tokens = answers.Count(answer => answer.AccessToken is not null);
        // Nothing is compared that was not counted first, so the row tells how many comparisons there were.
        var checks = await identity.QueryAsync<short>("select checks from pin_requests where id = $1", id);
        var lockOuts = await identity.QueryAsync<Guid?>("select locked_delivery_id from pin_requests where id = $1", id) is null ? [] : await LockOutsAsync(id);
        var seen = $"{tokens} tokens, {checks} checks, lock-outs {string.Join(", ", lockOuts)}; "
            + string.Join(", ", answers.GroupBy(answer => answer.Problem ?? "token").Select(group => $"{group.Count()} {group.Key}"));
        Assert.True(tokens is 0 or 1, seen);
        Assert.True(checks is >= 1 and <= 5, seen);
        Assert.True(lockOuts.Distinct().Count() <= 1, seen);
    }

    /// <summary>The relay publishes at least once; receivers know a message by its id.</summary>
    [Fact]
    public async Task a_lock_out_that_is_published_again_is_still_one()
    {
        var browser = Browser.Elsewhere(identity);
        var (id, pin) = await PinAsync(browser, "sms");
        for (var i = 0; i < 5; i++)
            await browser.HandInAsync(id, Browser.Other(pin));

        await Testing.Eventually.TrueAsync(() => identity.Bus.MessageIds<PinLockedOut>(m => m.PinRequestId == id).Count > 1);

        Assert.Single(identity.Bus.MessageIds<PinLockedOut>(m => m.PinRequestId == id).Distinct());
    }

    private async Task<IReadOnlyList<Guid>> LockOutsAsync(Guid id)
    {
        await identity.Bus.PublishedAsync<PinLockedOut>(m => m.PinRequestId == id);
        return identity.Bus.MessageIds<PinLockedOut>(m => m.PinRequestId == id);
    }

    private async Task<(Guid Id, string Pin)> PinAsync(Browser browser, string way)
    {
        if (way == "add-phone")
            await browser.SignInAsync(identity.NewPhone());
        var asked = await browser.AskedAsync(way == "voice" ? "08-465 004 77" : identity.NewPhone(), purpose: way == "add-phone" ? way : null);
        return (asked.PinRequestId, await browser.PinAsync(asked.PinRequestId));
    }

    /// <summary>Its relay forgets once that a lock-out has left, as if the process had died between the broker's confirm and writing it down.</summary>
    public sealed class Forgetful : IdentityFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await ExecuteAsync("""
                create table forgotten (message_id uuid primary key);
                grant insert on forgotten to ums_app;
                create function forget_once() returns trigger language plpgsql as $$
                begin
                    insert into forgotten values (old.message_id);
                    return null;
                exception when unique_violation then
                    return old;
                end $$;
                create trigger forget_once before delete on outbox for each row when (old.type like '%PinLockedOut') execute function forget_once();
                """);
        }

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Outbox:Lease"] = "00:00:02";
        }
    }
}
