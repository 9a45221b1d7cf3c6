using Ums.Messages.Events;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Messages;

/// <summary>
/// Walks a PIN's way once, before the service says that it is ready, and leaves nothing behind: the first resident after a start would otherwise wait seconds
/// for code to be compiled and models to be built.
/// </summary>
internal sealed partial class WarmUp(IServiceScopeFactory scopes, PersonalData personal, TimeProvider clock, ILogger<WarmUp> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await RehearseAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), scope.ServiceProvider.GetRequiredService<IMessageStore>(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(log, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RehearseAsync(NotifierDb db, IMessageStore store, CancellationToken cancellationToken)
    {
        var (nobody, now) = (Guid.Empty, clock.GetUtcNow());
        var phone = PhoneNumber.Parse("+46701740605").E164;
        var pin = PinDelivery.Open(new byte[32], new PinDelivery(phone, "000000", "sv", "UMS", null, "UMS").Seal(new byte[32], nobody, nobody), nobody, nobody);
        var text = PinText.Sms(pin.Language, pin.OrganisationName, pin.Pin, TimeSpan.FromMinutes(10), "localhost");
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = nobody,
            Purpose = Message.Pin,
            SourceId = Guid.NewGuid(),
            Phone = personal.Seal(nobody, phone),
            Parts = SmsText.Count(text[0].Text).Parts,
            ExpiresAt = now,
            CreatedAt = now,
            ChangedAt = now,
        };
        var attempt = Attempt.At(message, 1, "rehearsal", now);
        try
        {
            await db.OnceAsync(nobody, "rehearsal", message.SourceId, async token =>
            {
                db.AddRange(message, attempt);
                db.Publish(new MessageAccepted(message.Id, nobody, message.Purpose, message.Channel.Word(), now));
                await db.SaveChangesAsync(token);
                throw new CurtainException();
            }, cancellationToken);
        }
        catch (CurtainException)
        {
            // Rolled back, so what follows finds no row to change.
        }
        await store.SettleAsync(message, attempt, new Settlement(DeliveryState.Accepted, Reference: "rehearsal"), null);
        await db.InOrganisationAsync(nobody, token => MessageStore.AdvanceAsync(db, MessageKey.Of(message), DeliveryState.Accepted, null, now, token), cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "The rehearsal failed; the first PIN will take longer")]
    private static partial void Failed(ILogger logger, Exception exception);

    private sealed class CurtainException : Exception;
}
