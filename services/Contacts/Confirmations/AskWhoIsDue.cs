using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.Messages.Events;

namespace Ums.Contacts.Confirmations;

/// <summary>
/// Asks residents once in a while whether their own entries are still right, and makes those passive that nobody answers for. A batch is one transaction, messages
/// and all, so it may be cut short anywhere; of several replicas one works at a time.
/// </summary>
internal sealed partial class AskWhoIsDue(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskWhoIsDue> log) : BackgroundService
{
    /// <summary>A batch a minute: a town that registered in one week is not asked in one second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Over a weekend on which nothing works, and not for longer.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromDays(3);

    internal const int BatchSize = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, e.GetType().Name);
            }
        }
    }

    /// <returns>How many were asked, and how many became passive.</returns>
    internal async Task<(int Asked, int Passive)> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        var done = await db.AcrossOrganisationsAsync(async token =>
        {
            var now = clock.GetUtcNow();
            var free = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock(hashtextextended('ask who is due', 0)) as "Value" """).ToListAsync(token);
            return free[0] ? (Asked: ConfirmationTimes.MayAsk(now) ? await AskAsync(db, now, token) : 0, Passive: await RestAsync(db, now, token)) : default;
        }, cancellationToken);
        if (done != default)
        {
            Done(log, done.Asked, done.Passive);
        }
        return done;
    }

    private static async Task<int> AskAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = ConfirmationTimes.RemindWhoConfirmedBy(now);
        // Whoever has changed something themselves since has said so by it.
        var asked = await db.Database.SqlQuery<Asked>($"""
            with due as (
                select c.id, (select max(e.at) from audit_entries e where e.contact_id = c.id and e.actor = 'resident') as acted
                from contacts c
                where c.source = 'supplementaryRegister' and not c.silenced and c.reminded_at is null and c.passive_at is null and coalesce(c.confirmed_at, c.created_at) <= {before}
                order by coalesce(c.confirmed_at, c.created_at) limit {BatchSize} for update of c skip locked),
            settled as (
                update contacts c set
                    confirmed_at = case when due.acted > {before} then due.acted else c.confirmed_at end, reminded_at = case when due.acted > {before} then null else {now} end
                from due where c.id = due.id returning c.id, c.organisation_id, c.version, c.reminded_at),
            history as (
                insert into audit_entries (organisation_id, contact_id, at, actor, actor_id, action, version)
                select organisation_id, id, {now}, 'service', 'contacts', 'asked-to-confirm', version from settled where reminded_at is not null)
            select s.id as contact_id, s.organisation_id, p.number, p.kind
            from settled s left join lateral (
                select number, kind from phones where contact_id = s.id and removed_at is null order by kind = 'mobile' desc, created_at desc limit 1) p on true
            where s.reminded_at is not null
            """).ToListAsync(cancellationToken);
        foreach (var one in asked.Where(one => one.Number is not null))
        {
            db.Publish(new AskToConfirm(
                Guid.CreateVersion7(now), one.ContactId, one.OrganisationId, one.Kind == "mobile" ? "sms" : "voice", one.Number!, ConfirmationTimes.AnswerBy(now), now + Worth, now));
        }
        return asked.Count;
    }

    private static async Task<int> RestAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = ConfirmationTimes.PassiveWhoWasRemindedBy(now);
        var resting = await db.Database.SqlQuery<Resting>($"""
            with due as (
                select id from contacts where source = 'supplementaryRegister' and restricted_at is null and passive_at is null and reminded_at <= {before} order by reminded_at limit {BatchSize} for update skip locked),
            passive as (
                update contacts c set passive_at = {now}, changed_at = {now}, version = c.version + 1 from due where c.id = due.id returning c.id, c.organisation_id, c.version),
            history as (
                insert into audit_entries (organisation_id, contact_id, at, actor, actor_id, action, version)
                select organisation_id, id, {now}, 'service', 'contacts', 'became-passive', version from passive)
            select id as contact_id, organisation_id, version from passive
            """).ToListAsync(cancellationToken);
        foreach (var one in resting)
        {
            db.Publish(new ContactChanged(one.ContactId, one.OrganisationId, "passive", one.Version, now));
        }
        return resting.Count;
    }

    private sealed record Asked(Guid ContactId, Guid OrganisationId, byte[]? Number, string? Kind);

    private sealed record Resting(Guid ContactId, Guid OrganisationId, long Version);

    [LoggerMessage(1, LogLevel.Information, "{Asked} residents were asked whether their entries are right, and {Passive} entries became passive")]
    private static partial void Done(ILogger logger, int asked, int passive);

    [LoggerMessage(2, LogLevel.Warning, "Who is due to confirm their entry could not be found: {Reason}")]
    private static partial void Faulted(ILogger logger, string reason);
}
