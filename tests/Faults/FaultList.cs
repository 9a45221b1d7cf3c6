using System.Text;
using RabbitMQ.Client;
using Ums.Messages.Commands;

namespace Ums.Faults;

/// <summary>All of them, by the numbers that reliability engineers here know them by.</summary>
internal static class FaultList
{
    public static readonly IReadOnlyList<Fault> All =
    [
        new("none", "nothing at all, to compare with", (_, _) => Task.CompletedTask),
        .. new[] { "notifier", "contacts", "identity", "gateway", "geocoding" }.Select(service =>
            new Fault($"F1-{service}", $"kill -9 {service}", (world, _) => world.KillAsync(service))),
        new("F2-kill", "kill -9 the broker", (world, _) => world.KillAsync("rabbitmq")),
        new("F2-30s", "the broker is away for 30 s", (world, _) => world.AwayAsync("rabbitmq", TimeSpan.FromSeconds(30))),
        new("F3-kill", "kill -9 the database", (world, _) => world.KillAsync("postgres")),
        new("F3-10s", "the database is away for 10 s", (world, _) => world.AwayAsync("postgres", TimeSpan.FromSeconds(10))),
        new("F4-zombie", "notifier sleeps for 45 s, longer than its claims", (world, _) => world.FreezeAsync("notifier", TimeSpan.FromSeconds(45))),
        new("F5-term", "notifier is stopped in order and started again", (world, _) => world.AwayAsync("notifier", TimeSpan.Zero)),
        new("F6-power", "everything dies at once", (world, _) => world.PowerLossAsync()),
        new("F7-mixed", "the provider is slow, errs, cuts off and answers garbage", (world, strike) => world.WeatherAsync(strike, new
        {
            seed = strike.Random.Next(), silentBefore = 0.0002, silentAfter = 0.0002, errorAfter = 0.005, cutOff = 0.005, cutWithin = 0.005, garbled = 0.005, tooMany = 0.001,
            unavailable = 0.002, burst = 3, retryAfterSeconds = 1, receiptDuplicate = 0.1, receiptReordered = 0.1, receiptEarly = 0.05,
        })),
        new("F7-503", "the provider turns everything away for ten seconds", (world, strike) => world.WeatherAsync(strike, new { unavailable = 1.0 }, TimeSpan.FromSeconds(10))),
        new("F7-failed", "the provider reports that nothing arrives", (world, strike) =>
        {
            strike.AllFail = true;
            return world.WeatherAsync(strike, new { failed = 1.0 });
        }),
        new("F8-database", "no byte to or from the database for 15 s", (world, _) => world.FreezeAsync("postgres", TimeSpan.FromSeconds(15))),
        new("F8-broker", "no byte to or from the broker for 20 s", (world, _) => world.FreezeAsync("rabbitmq", TimeSpan.FromSeconds(20))),
        new("F11-poison", "garbage on the alert's exchanges", PoisonAsync),
        new("F16-queue", "the audience's queue is deleted", DeleteQueueAsync),
        new("F17-rolling", "every service is restarted in turn", (world, _) => world.RollingAsync()),
        new("F18-twice", "twenty approve at once, then twice", (world, strike) => world.ApproveAgainAsync(strike.Alert)),
        new("F18-cancel", "somebody stops the alert", async (world, strike) => strike.CancelledAt = await world.CancelAsync(strike.Alert)),
        new("F19-storm", "notifier dies ten times", async (world, strike) =>
        {
            for (var i = 0; i < 10; i++)
            {
                await world.KillAsync("notifier");
                await Task.Delay(strike.Random.Next(200, 1500));
            }
        }),
        new("F20-empty", "the broker comes back without its disk", EmptyBrokerAsync),
        new("F10-ahead", "notifier's clock is five minutes ahead", (world, strike) => world.WrongClockAsync(strike, TimeSpan.FromMinutes(5), "notifier")),
        new("F10-behind", "contacts' clock is five minutes behind", (world, strike) => world.WrongClockAsync(strike, TimeSpan.FromMinutes(-5), "contacts")),
        new("F10-forward", "all clocks jump an hour ahead, and later back", (world, strike) => world.WrongClockAsync(strike, TimeSpan.FromHours(1))),
        new("F10-back", "all clocks jump an hour back, and later ahead", (world, strike) => world.WrongClockAsync(strike, TimeSpan.FromHours(-1))),
    ];

    /// <summary>Those that ./test drives: short, and each of another kind.</summary>
    public static readonly IReadOnlyList<string> Selection = ["F1-notifier", "F2-kill", "F3-kill", "F7-mixed", "F11-poison", "F18-cancel", "F10-forward"];

    private static async Task PoisonAsync(FaultWorld world, Strike strike)
    {
        await using var connection = await new ConnectionFactory { Uri = world.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var exchange in new[] { typeof(ResolveAudience), typeof(AudienceBatch) }.Select(FaultWorld.ExchangeOf))
        {
            foreach (var body in new[] { "{ not json", "{}", """{"messageType":["urn:message:ums:unheard-of"],"message":{}}""", new string('x', 500_000) })
            {
                await channel.BasicPublishAsync(exchange, "", mandatory: false, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(body));
                strike.Poison++;
            }
        }
    }

    private static async Task DeleteQueueAsync(FaultWorld world, Strike strike)
    {
        await using var connection = await new ConnectionFactory { Uri = world.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(FaultWorld.AudienceQueue);
    }

    private static async Task EmptyBrokerAsync(FaultWorld world, Strike strike)
    {
        await world.System.StopAsync("rabbitmq");
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(world.System.StateDirectory, "rabbitmq"), "mnesia", SearchOption.AllDirectories).ToList())
        {
            Directory.Delete(folder, recursive: true);
        }
        // What lay there as poison of an earlier fault is gone with the disk.
        world.ErrorsBefore = 0;
        await world.System.StartAsync("rabbitmq");
    }
}
