using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>
/// Lets an approved alert begin, in the transaction of whoever found that its time has come. Contacts is asked who it is for; a test and a correction know that
/// already and begin to send at once.
/// </summary>
internal sealed class StartAlert(PersonalData personal)
{
    private const short Shard = 103;

    /// <param name="alert">Tracked, and locked.</param>
    /// <param name="now">By the database's clock.</param>
    public async Task RunAsync(NotifierDb db, Alert alert, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (alert.State, alert.StartedAt, alert.ExpiresAt) = (AlertState.Resolving, now, now + alert.Options.ValidFor);
        if (alert.Test)
        {
            var audience = JsonSerializer.Deserialize<Audience>(personal.Open(alert.OrganisationId, alert.Audience!), JsonSerializerOptions.Web)!;
            await WriteRecipients.RunAsync(db, alert, 0, [.. audience.Phones.Select(phone => new WriteRecipients.Person(
                personal.Seal(alert.OrganisationId, phone), PhoneNumber.Parse(phone).Kind == PhoneKind.Mobile, null, null))], Shard, cancellationToken);
            await SendAtOnceAsync(db, alert, cancellationToken);
        }
        else if (alert.Corrects is { } corrected)
        {
            await CopyReachedAsync(db, alert, corrected, cancellationToken);
            await SendAtOnceAsync(db, alert, cancellationToken);
        }
        else
        {
            Ask(db, alert, 0, now);
        }
    }

    /// <summary>Asks Contacts, for the first time or once more: it goes on where it stands.</summary>
    /// <param name="from">The first batch that has not come.</param>
    public static void Ask(NotifierDb db, Alert alert, int from, DateTimeOffset now)
    {
        alert.HeardAt = now;
        db.Publish(new ResolveAudience(alert.Id, alert.OrganisationId, alert.Expected, from, alert.Audience!, now));
    }

    private static Task<int> SendAtOnceAsync(NotifierDb db, Alert alert, CancellationToken cancellationToken)
    {
        alert.State = AlertState.Sending;
        return db.Database.ExecuteSqlAsync($"update alerts set batches = 1, batches_in_all = 1 where id = {alert.Id}", cancellationToken);
    }

    /// <summary>Whoever the corrected alert has reached, or may have: by the same phones, whatever has been changed in the register since.</summary>
    private static async Task CopyReachedAsync(NotifierDb db, Alert alert, Guid corrected, CancellationToken cancellationToken)
    {
        const int SlicesAtOnce = 15;
        var (after, chunk) = (0L, 0);
        while (true)
        {
            var slices = await db.Database.SqlQuery<long>(
                $"""select id as "Value" from alert_slices where alert_id = {corrected} and id > {after} order by id limit {SlicesAtOnce}""").ToListAsync(cancellationToken);
            if (slices.Count == 0)
            {
                return;
            }
            var reached = await db.Database.SqlQuery<Reached>(
                $"select phone, mobile, latitude, longitude from alert_reached where slice_id = any({slices})").ToListAsync(cancellationToken);
            await WriteRecipients.RunAsync(
                db, alert, chunk++, reached.ConvertAll(person => new WriteRecipients.Person(person.Phone, person.Mobile, person.Latitude, person.Longitude)), Shard, cancellationToken);
            after = slices[^1];
        }
    }

    private sealed record Reached(byte[] Phone, bool Mobile, float? Latitude, float? Longitude);
}
