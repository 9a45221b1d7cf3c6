using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>Takes the question in; <see cref="ResolveAudiences"/> answers it. One that is at fault is not taken and lies where health shows it.</summary>
internal sealed class ResolveAudienceConsumer(ContactsDb db, PersonalData personal, ResolveAudiences answers, TimeProvider clock) : IConsumer<ResolveAudience>
{
    private const string Endpoint = "contacts-resolve-audience";

    public async Task Consume(ConsumeContext<ResolveAudience> context)
    {
        var asked = context.Message;
        if (asked.AlertId == Guid.Empty || asked.OrganisationId == Guid.Empty || asked.From < 0)
        {
            throw new FaultyAudienceException(["ids"]);
        }
        if (AudienceFaults.Of(Open(asked)) is { Count: > 0 } faults)
        {
            throw new FaultyAudienceException(faults.Keys);
        }
        await db.OnceAsync(asked.OrganisationId, Endpoint, context.MessageId!.Value, async token =>
        {
            if (await Resolution.AskAsync(db, asked.AlertId, asked.OrganisationId, asked.Expected, asked.Sealed, token) == 0)
            {
                await KeptBatches.SayAgainAsync(db, asked.AlertId, asked.OrganisationId, asked.From, clock, token);
            }
            await KeptBatches.ForgetOldAsync(db, token);
        }, context.CancellationToken);
        answers.Wake();
    }

    /// <summary>Neither's own exception may stand in a header of the error queue: it may quote what it read.</summary>
    private Audience Open(ResolveAudience asked)
    {
        try
        {
            return ResolveAudiences.Open(asked.OrganisationId, asked.Sealed ?? [], personal);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            throw new FaultyAudienceException(["sealed"]);
        }
    }
}

/// <summary>An audience that no count would have let through.</summary>
/// <param name="fields">Names only: the values may be numbers.</param>
internal sealed class FaultyAudienceException(IEnumerable<string> fields) : Exception($"The audience is at fault: {string.Join(", ", fields.Take(10))}.");
