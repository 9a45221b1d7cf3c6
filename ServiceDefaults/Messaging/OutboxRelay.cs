using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// Carries outbox rows to the broker. Every replica runs one and none leads: rows are claimed under a lease on the database's clock (SKIP LOCKED),
/// published outside the transaction, and deleted when the broker has confirmed. What fails is tried again with growing pauses, and buried, visibly,
/// after <see cref="OutboxOptions.MaxAttempts"/>.
/// </summary>
internal sealed partial class OutboxRelay(
    NpgsqlDataSource source, IServiceScopeFactory scopes, OutboxSignal signal, OutboxOptions options, ILogger<OutboxRelay> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RelayAsync(stoppingToken) < options.BatchSize)
                {
                    await signal.WaitAsync(options.PollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException)
            {
                Faulted(log, e);
                await Task.Delay(options.PollInterval, stoppingToken);
            }
        }
    }

    /// <summary>Claims one batch and settles it.</summary>
    /// <returns>How many rows were claimed.</returns>
    internal async Task<int> RelayAsync(CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        var claimed = await ClaimAsync(lease, cancellationToken);
        if (claimed.Count == 0)
        {
            return 0;
        }
        var outcomes = await Task.WhenAll(claimed.Select(row => PublishAsync(row, cancellationToken)));
        await SettleAsync(lease, outcomes, cancellationToken);
        return claimed.Count;
    }

    private async Task<List<Row>> ClaimAsync(Guid lease, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            update outbox set lease_token = $1, lease_until = now() + $2, attempts = attempts + 1
            where id in (
                select id from outbox
                where available_at <= now() and (lease_until is null or lease_until < now())
                order by urgent desc, id limit $3 for update skip locked)
            returning id, message_id, type, payload, trace_parent, urgent, attempts, handed_over_at is not null
            """);
        command.Parameters.Add(new() { Value = lease });
        command.Parameters.Add(new() { Value = options.Lease });
        command.Parameters.Add(new() { Value = options.BatchSize });
        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetBoolean(5), reader.GetInt32(6), reader.GetBoolean(7)));
        }
        return rows;
    }

    private async Task<Outcome> PublishAsync(Row row, CancellationToken cancellationToken)
    {
        using var activity = MessagingTelemetry.Source.StartActivity("outbox relay", ActivityKind.Internal, row.TraceParent);
        try
        {
            var type = Type.GetType($"{row.Type}, Ums.Messages", throwOnError: true)!;
            var message = JsonSerializer.Deserialize(row.Payload, type, JsonSerializerOptions.Web)!;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(row.Urgent ? options.UrgentTimeout : options.PublishTimeout);
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<IBus>().Publish(message, type, Pipe.Execute<PublishContext>(context =>
                {
                    context.MessageId = row.MessageId;
                    ((RabbitMqSendContext)context.GetPayload<RabbitMqSendContext>()).Mandatory = MessageContract.Of(type).Mandatory;
                }), timeout.Token);
                return new Outcome(row, null);
            }
            catch (Exception e) when (row.Urgent && !cancellationToken.IsCancellationRequested && e is not JsonException)
            {
                return await HandOverAsync(scope.ServiceProvider, row, e, cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever one message fails of must not hold up its neighbours; it is kept on the row and retried.
            return new Outcome(row, e.GetType().Name);
        }
    }

    /// <summary>The urgent road. The receiver's inbox knows the message id, so it matters not whether the broker also delivers.</summary>
    private static async Task<Outcome> HandOverAsync(IServiceProvider services, Row row, Exception cause, CancellationToken cancellationToken)
    {
        var road = services.GetService<IUrgentRoad>();
        if (road is null)
        {
            return new Outcome(row, cause.GetType().Name);
        }
        await road.HandOverAsync(row.MessageId, row.Type, row.Payload, cancellationToken);
        return new Outcome(row, null);
    }

    private async Task SettleAsync(Guid lease, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        var done = outcomes.Where(o => o.Error is null).Select(o => o.Row.Id).ToArray();
        if (done.Length > 0)
        {
            await using var delete = source.CreateCommand("delete from outbox where id = any($1) and lease_token = $2");
            delete.Parameters.Add(new() { Value = done });
            delete.Parameters.Add(new() { Value = lease });
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }
        foreach (var failed in outcomes.Where(o => o.Error is not null))
        {
            Failed(log, failed.Row.MessageId, failed.Row.Type, failed.Row.Attempts, failed.Error!);
            await using var command = source.CreateCommand(failed.Row.Attempts >= options.MaxAttempts
                ? """
                  with gone as (delete from outbox where id = $1 and lease_token = $2 returning *)
                  insert into outbox_poison select gone.*, now() from gone where $3 <> '' and $4 >= interval '0'
                  """
                : "update outbox set lease_token = null, lease_until = null, last_error = $3, available_at = now() + $4 where id = $1 and lease_token = $2");
            command.Parameters.Add(new() { Value = failed.Row.Id });
            command.Parameters.Add(new() { Value = lease });
            command.Parameters.Add(new() { Value = failed.Error! });
            command.Parameters.Add(new() { Value = OutboxOptions.Backoff(failed.Row.Attempts) });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The relay could not work; it tries again")]
    private static partial void Faulted(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} of type {Type} was not confirmed at attempt {Attempts}: {Error}")]
    private static partial void Failed(ILogger logger, Guid messageId, string type, int attempts, string error);

    private sealed record Row(long Id, Guid MessageId, string Type, string Payload, string? TraceParent, bool Urgent, int Attempts, bool HandedOver);

    private sealed record Outcome(Row Row, string? Error);
}
