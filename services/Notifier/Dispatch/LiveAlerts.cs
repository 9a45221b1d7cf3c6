using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// Looks several times a second which alerts send, and by which channels somebody still waits. Between two looks dispatchers ask this and not the database; the
/// claim itself asks the database.
/// </summary>
internal sealed partial class LiveAlerts(NpgsqlDataSource source, StoppedAlerts stopped, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<LiveAlerts> log) : BackgroundService
{
    private readonly SemaphoreSlim bell = new(0, 1);
    private volatile TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyDictionary<Guid, LiveAlert> Now { get; private set; } = FrozenDictionary<Guid, LiveAlert>.Empty;

    /// <summary>Completes at the next look.</summary>
    public Task NextLook => looked.Task;

    /// <summary>Has it look at once: there is work that this process knows of.</summary>
    public void Ring()
    {
        if (bell.CurrentCount == 0)
        {
            try
            {
                bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang just now.
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Blind(log, e.GetType().Name);
            }
            Interlocked.Exchange(ref looked, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            await bell.WaitAsync(options.Value.Glance, stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("select set_config('ums.organisation', 'all', true)"), new(Sql), new("select id from alerts where state = 'cancelled' and ended_at > now() - interval '10 minutes'") },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var live = new Dictionary<Guid, LiveAlert>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            live[id] = (Now.GetValueOrDefault(id) ?? Read(reader, id)) with { Waiting = Channels(reader, 7), Due = Channels(reader, 9) };
        }
        await reader.NextResultAsync(cancellationToken);
        var cancelled = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            cancelled.Add(reader.GetGuid(0));
        }
        stopped.Set(cancelled);
        Now = live.ToFrozenDictionary();
    }

    private const string Sql = """
        select a.id, a.organisation_id, a.options::text, a.sender::text, a.content::text, a.test, a.expires_at - now(),
            exists (select from alert_slices s where s.alert_id = a.id and s.channel = 'sms' and s.state = 'waiting'),
            exists (select from alert_slices s where s.alert_id = a.id and s.channel = 'voice' and s.state = 'waiting'),
            exists (select from alert_attempts t where t.alert_id = a.id and t.next_at <= now() and t.next_channel = 'sms'),
            exists (select from alert_attempts t where t.alert_id = a.id and t.next_at <= now() and t.next_channel = 'voice')
        from alerts a where a.state = 'sending' and not a.held and a.expires_at > now() and a.content is not null
        """;

    private LiveAlert Read(NpgsqlDataReader row, Guid id)
    {
        var (options, sender, texts, test) = (AlertJson.Read<AlertOptions>(row.GetString(2)), AlertJson.Read<AlertSender>(row.GetString(3)), AlertJson.Read<AlertTexts>(row.GetString(4)), row.GetBoolean(5));
        return new LiveAlert(
            id, row.GetGuid(1), options, sender, [new Phrase(AlertWords.Sms(texts, test, sender.CodeLine))], AlertWords.Call(texts, sender.Name, test, options.Acknowledge),
            row.GetFieldValue<TimeSpan>(6), clock.GetTimestamp());
    }

    private static HashSet<Channel> Channels(NpgsqlDataReader row, int first)
    {
        var channels = new HashSet<Channel>();
        if (row.GetBoolean(first))
        {
            channels.Add(Channel.Sms);
        }
        if (row.GetBoolean(first + 1))
        {
            channels.Add(Channel.Voice);
        }
        return channels;
    }

    [LoggerMessage(1, LogLevel.Warning, "The alerts under way could not be read ({Reason}); dispatchers go on with those known")]
    private static partial void Blind(ILogger logger, string reason);
}
