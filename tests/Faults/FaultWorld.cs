using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Ums.Local.Servers;
using Ums.Testing;
using Ums.Testing.Alerts;

namespace Ums.Faults;

/// <summary>The running system with a crowd to reach and a provider that keeps books, for one alert after the other.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    public const string AudienceQueue = "notifier-take-audience-batch";
    private const string Organisation = "stockholm";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly RunningSystem system;
    private readonly ProviderProcess provider;
    private readonly AlertOperators operators;
    private readonly WrongClock clock;

    private readonly string key;
    private object usual = new { };

    private FaultWorld(RunningSystem system, ProviderProcess provider, WrongClock clock, string key)
    {
        (this.system, this.provider, this.clock, this.key) = (system, provider, clock, key);
        operators = new AlertOperators(new HttpClient { BaseAddress = system.Address, Timeout = TimeSpan.FromSeconds(60) });
    }

    public Uri Broker => system.Broker();

    public RunningSystem System => system;

    /// <summary>What lay in the error queues before this alert.</summary>
    public long ErrorsBefore { get; set; }

    public ProviderProcess Provider => provider;

    public static string ExchangeOf(Type message) => BrokerPermissions.ExchangeOf(message);

    /// <param name="latency">Of the provider, in milliseconds: an alert to few must still be under way when the fault strikes.</param>
    public static async Task<FaultWorld> StartAsync(int people, int latency = 0)
    {
        var provider = await ProviderProcess.StartAsync("--receipts", "delivered", "--receipt-delay", "50");
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var clock = new WrongClock();
        var settings = new Dictionary<string, string>([
            .. provider.Settings, .. clock.Settings, .. AlertOperators.Settings(Organisation), new("Keys__PersonalData", key), new("Dispatch__Grace", "00:00:05"), new("Alerts__AskAgain", "00:00:05"),
            // One machine is all residents, operators and providers at once.
            .. new[] { "Pages", "Calls", "SignIns", "Tiles" }.Select(what => new KeyValuePair<string, string>($"Gateway__{what}PerMinute", "10000000"))]);
        FaultWorld world;
        try
        {
            world = new FaultWorld(await RunningSystem.StartAsync(settings: settings, durable: true), provider, clock, key);
        }
        catch (InvalidOperationException)
        {
            await provider.DisposeAsync();
            clock.Dispose();
            throw;
        }
        var organisation = (Guid)(await world.OneAsync("identitydb", $"select id from organisations where slug = '{Organisation}'"))!;
        world.usual = new { latencyMilliseconds = latency };
        await provider.PlanAsync(world.usual);
        await new Crowd(world.system.ConnectionString("contactsdb"), key, organisation).SettleAsync(people);
        return world;
    }

    /// <summary>Sends an alert to the crowd, lets the fault strike at a moment that the seed decides, waits for the end and holds everything against everything.</summary>
    public async Task<Verdict> DriveAsync(Fault fault, int recipients, Random random)
    {
        var before = await provider.CountAsync();
        var (id, submitted) = await operators.SubmitAsync(AlertOperators.ToTheCrowd());
        await operators.ApproveAsync(id, submitted);
        var strike = new Strike(id, random);
        await StartedAsync(before);
        await Task.Delay(random.Next(0, 1200));

        await fault.StrikeAsync(this, strike);

        var resumed = await ResumedAsync(id, strike.OverAt ?? DateTimeOffset.UtcNow);
        var broken = new List<string>();
        if (!await OverAsync(id))
        {
            broken.Add("liveness: it is not over after six minutes");
        }
        var audit = new Ledger(this, id, recipients, before, strike);
        broken.AddRange(await audit.CheckAsync());
        var ended = (DateTime?)await OneAsync("notifierdb", $"select ended_at from alerts where id = '{id}'");
        var approved = (DateTime)(await OneAsync("notifierdb", $"select approved_at from alerts where id = '{id}'"))!;
        return new Verdict(fault.Name, fault.What, audit.Lost, audit.Twice, audit.Resent, resumed, (ended ?? DateTime.UtcNow) - approved, broken);
    }

    /// <inheritdoc cref="Audits.CheckAsync"/>
    public Task<IReadOnlyList<string>> AuditFaultsAsync() => Audits.CheckAsync(system, key);

    public async Task KillAsync(string resource)
    {
        await system.KillAsync(resource);
        await system.ReadyAsync(resource);
    }

    public async Task AwayAsync(string resource, TimeSpan time)
    {
        await system.StopAsync(resource);
        await Task.Delay(time);
        await system.StartAsync(resource);
    }

    public async Task FreezeAsync(string resource, TimeSpan time)
    {
        system.Freeze(resource);
        await Task.Delay(time);
        system.Thaw(resource);
    }

    public async Task PowerLossAsync()
    {
        await Task.WhenAll(RunningSystem.Resources.Select(system.KillAsync));
        foreach (var resource in RunningSystem.Resources)
        {
            await system.ReadyAsync(resource);
        }
    }

    public async Task RollingAsync()
    {
        foreach (var service in new[] { "contacts", "notifier", "identity", "geocoding", "gateway" })
        {
            await AwayAsync(service, TimeSpan.Zero);
        }
    }

    /// <param name="length">Null until the alert is handed over.</param>
    public async Task WeatherAsync(Strike strike, object faults, TimeSpan? length = null)
    {
        await provider.PlanAsync(faults);
        if (length is { } time)
        {
            await Task.Delay(time);
        }
        else
        {
            await HandedOverAsync(strike.Alert);
        }
        await provider.PlanAsync(usual);
    }

    /// <summary>The clock of one service, or of all, is wrong until the alert is handed over, and then right again.</summary>
    public async Task WrongClockAsync(Strike strike, TimeSpan ahead, string? service = null)
    {
        clock.Set(ahead, service);
        await HandedOverAsync(strike.Alert);
        clock.Set(TimeSpan.Zero);
    }

    public async Task ApproveAgainAsync(Guid alert)
    {
        var now = await operators.ReadAsync(alert);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await operators.ApproveAsync(alert, now);
                throw new InvalidOperationException("An alert that had begun was approved again.");
            }
            catch (HttpRequestException)
            {
                // As it should be.
            }
        }));
    }

    /// <returns>When the answer came.</returns>
    public async Task<DateTimeOffset> CancelAsync(Guid alert)
    {
        await operators.CancelAsync(alert);
        return DateTimeOffset.UtcNow;
    }

    public async Task<object?> OneAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(system.ConnectionString(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    /// <returns>The counts that an operator is shown.</returns>
    public async Task<JsonElement> ShownAsync(Guid alert) => (await operators.ReadAsync(alert)).GetProperty("counts");

    public static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < patience)
        {
            try
            {
                if (await condition())
                {
                    return true;
                }
            }
            catch (Exception e) when (e is NpgsqlException or HttpRequestException or TaskCanceledException)
            {
                // What is asked is broken just now.
            }
            await Task.Delay(100);
        }
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        operators.Dispose();
        await system.DisposeAsync();
        await provider.DisposeAsync();
        clock.Dispose();
    }

    private Task<bool> HandedOverAsync(Guid alert) =>
        UntilAsync(async () => await OneAsync("notifierdb", $"select handed_over_at from alerts where id = '{alert}'") is DateTime, Patience);

    private async Task StartedAsync(long before)
    {
        if (!await UntilAsync(async () => await provider.CountAsync() > before, TimeSpan.FromMinutes(2)))
        {
            throw new InvalidOperationException("Nothing was sent within two minutes of the approval.");
        }
    }

    private async Task<TimeSpan?> ResumedAsync(Guid id, DateTimeOffset over)
    {
        var count = await provider.CountAsync();
        // Where it was stopped, or everybody had it, there is nothing to resume.
        await UntilAsync(async () => await provider.CountAsync() > count || await OneAsync("notifierdb", $"select coalesce(handed_over_at, ended_at) from alerts where id = '{id}'") is not null, Patience);
        return await provider.CountAsync() > count ? DateTimeOffset.UtcNow - over : null;
    }

    private Task<bool> OverAsync(Guid id) => UntilAsync(async () =>
        (string?)await OneAsync("notifierdb", $"select state from alerts where id = '{id}'") is "completed" or "cancelled"
        && Convert.ToInt64(await OneAsync("notifierdb", $"select coalesce(sum(waiting + sending + unknown + accepted), 0) from alert_tallies where alert_id = '{id}'"), null) == 0, Patience);
}
