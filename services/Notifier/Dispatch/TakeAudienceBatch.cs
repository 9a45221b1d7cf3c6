using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// Writes a batch of an alert's audience down as slices of recipients, ready to be claimed; the first one starts the sending. A batch has one place, so one that
/// comes again changes nothing, and the last tells how many there are.
/// </summary>
internal sealed class TakeAudienceBatchConsumer(NotifierDb db, PersonalData personal, LiveAlerts alerts, TimeProvider clock) : IConsumer<AudienceBatch>
{
    private const int MostInBatch = 1000;

    /// <summary>A shard of its own, so that counting does not stand in the dispatchers' way.</summary>
    private const short Shard = 101;

    public async Task Consume(ConsumeContext<AudienceBatch> context)
    {
        var batch = context.Message;
        var members = Open(batch);
        await db.InOrganisationAsync(batch.OrganisationId, token => TakeAsync(batch, members, token), context.CancellationToken);
        alerts.Ring();
    }

    /// <exception cref="ValidationException">Not a batch: it will never be one, and ends in <c>_error</c>.</exception>
    private List<AudienceMember> Open(AudienceBatch batch)
    {
        try
        {
            var members = JsonSerializer.Deserialize<List<AudienceMember>>(personal.Open(batch.OrganisationId, batch.Sealed), JsonSerializerOptions.Web);
            return members is not null && members.Count == batch.Count && members.Count <= MostInBatch && batch.Number >= 0 && members.TrueForAll(member => member?.Phone is { Length: > 3 })
                ? members
                : throw new ValidationException("Not a batch of an audience.");
        }
        catch (Exception e) when (e is JsonException or System.Security.Cryptography.CryptographicException)
        {
            throw new ValidationException("Not a batch of an audience that this service can open.");
        }
    }

    private async Task TakeAsync(AudienceBatch batch, List<AudienceMember> members, CancellationToken cancellationToken)
    {
        var alert = await db.Alerts.FromSql($"select * from alerts where id = {batch.AlertId} for update").AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            ?? throw new ValidationException("There is no such alert.");
        if (await db.Database.ExecuteSqlAsync(
            $"insert into alert_batches (alert_id, number, organisation_id) values ({batch.AlertId}, {batch.Number}, {batch.OrganisationId}) on conflict do nothing", cancellationToken) == 0)
        {
            return;
        }
        int? inAll = batch.IsLast ? batch.Number + 1 : null;
        await db.Database.ExecuteSqlAsync($"""
            update alerts set batches = batches + 1, batches_in_all = coalesce(batches_in_all, {inAll}), asked_at = {clock.GetUtcNow()},
                state = case when state = 'resolving' then 'sending' else state end
            where id = {batch.AlertId}
            """, cancellationToken);
        // Once stopped, late batches are counted and not kept.
        await WriteRecipients.RunAsync(db, alert, batch.Number, members.ConvertAll(member => new WriteRecipients.Person(
            alert.State.IsFinal() ? [] : personal.Seal(batch.OrganisationId, member.Phone), member.Mobile, member.Latitude, member.Longitude)), Shard, cancellationToken);
    }
}

/// <summary>Few at a time: a million people come as a thousand of these, and dispatchers need the database meanwhile.</summary>
internal sealed class TakeAudienceBatchConsumerDefinition : ConsumerDefinition<TakeAudienceBatchConsumer>
{
    public TakeAudienceBatchConsumerDefinition() => ConcurrentMessageLimit = 2;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TakeAudienceBatchConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 4;
}
