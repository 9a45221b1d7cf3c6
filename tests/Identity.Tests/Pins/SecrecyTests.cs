using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ums.Testing;

namespace Ums.Identity.Tests.Pins;

/// <summary>Looks for a PIN and its number in everything that a sign-in leaves behind.</summary>
public sealed class SecrecyTests(SecrecyTests.Watched identity) : IClassFixture<SecrecyTests.Watched>
{
    private const string Phone = "+46701740688";

    [Fact]
    public async Task a_pin_and_its_number_stand_nowhere_in_clear()
    {
        var pins = new List<string>();
        var browser = Browser.Elsewhere(identity);
        for (var i = 0; i < 3; i++)
        {
            var asked = await browser.AskedAsync(Phone);
            var pin = await browser.PinAsync(asked.PinRequestId);
            await browser.HandInAsync(asked.PinRequestId, Browser.Other(pin));
            var token = await browser.HandedInAsync(asked.PinRequestId, pin);
            await browser.HandInAsync(asked.PinRequestId, pin);
            pins.AddRange([pin, Browser.Other(pin), token.AccessToken!]);
        }
        await browser.AskAsync(Phone, captcha: "wrong");
        await browser.SendAsync(HttpMethod.Post, "/connect/logout", alter: r => r.Headers.Authorization = new("Bearer", pins[2]));
        await Eventually.TrueAsync(async () => await identity.QueryAsync<long>("select count(*) from outbox") == 0);

        var places = new Dictionary<string, string>
        {
            ["logs"] = identity.Logs.Text,
            ["traces"] = string.Join('\n', identity.Tags),
            ["database"] = await DumpAsync(),
            ["broker"] = string.Join('\n', identity.Bus.Captured.Select(m => m.Body + m.Headers)),
        };
        Assert.Contains("pin_requests", places["traces"], StringComparison.Ordinal);
        Assert.Contains("PinRequested", places["database"], StringComparison.Ordinal);
        foreach (var (place, text) in places)
        {
            foreach (var secret in pins)
                Assert.False(Regex.IsMatch(text, $"(?<![0-9a-fA-F.]){Regex.Escape(secret)}(?![0-9a-fA-F])"), $"{secret} stands in {place}");
            foreach (var form in new[] { Phone, Phone[1..], "0" + Phone[3..], "70-174 06 88", "701740688" })
                Assert.DoesNotContain(form, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_stolen_database_does_not_tell_the_pin()
    {
        var browser = Browser.Elsewhere(identity);
        var asked = await browser.AskedAsync("+46701740689");
        await browser.PinAsync(asked.PinRequestId);
        var salt = await identity.QueryAsync<byte[]>("select salt from pin_requests where id = $1", asked.PinRequestId);
        var hash = await identity.QueryAsync<byte[]>("select pin_hash from pin_requests where id = $1", asked.PinRequestId);
        var id = asked.PinRequestId.ToByteArray();
        var hits = 0;

        Parallel.For(0, 1_000_000, i =>
        {
            byte[] tried = [.. salt!, .. id, .. Encoding.ASCII.GetBytes($"{i:D6}")];
            if (SHA256.HashData(tried).AsSpan().SequenceEqual(hash) || HMACSHA256.HashData(salt!, tried).AsSpan().SequenceEqual(hash))
                Interlocked.Increment(ref hits);
        });

        Assert.Equal(0, hits);
    }

    /// <summary>Every row of every table, and every outbox row there ever was.</summary>
    private async Task<string> DumpAsync() => (await identity.QueryAsync<string>("""
        select string_agg(query_to_xml(format('select * from %I', tablename), true, false, '')::text, E'\n') from pg_tables where schemaname = 'public'
        """))!;

    public sealed class Watched : IdentityFixture, IDisposable
    {
        private readonly ActivityListener listener;

        public Watched()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Tags.Enqueue(
                    $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentQueue<string> Tags { get; } = [];

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await ExecuteAsync("""
                create table outbox_seen as table outbox;
                create function see_outbox() returns trigger language plpgsql security definer as $$ begin insert into outbox_seen select new.*; return new; end $$;
                create trigger see_outbox after insert on outbox for each row execute function see_outbox();
                """);
        }

        public void Dispose() => listener.Dispose();
    }
}
