using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Reminders;

/// <summary>Sends one reminder, at most once, in the way of PINs: the message and its first attempt commit before the provider is called.</summary>
internal sealed class SendReminder(IMessageStore store, HandOver handOver, ProviderRoutes routes, OrganisationClient organisations, PersonalData personal, TimeProvider clock)
{
    public const string Purpose = "confirmation";

    /// <exception cref="TimeoutException">Identity does not say who the sender is; the message comes again.</exception>
    public async Task HandleAsync(Guid messageId, AskToConfirm asked, PhoneNumber phone, CancellationToken cancellationToken)
    {
        var sender = await organisations.FindAsync(asked.OrganisationId, cancellationToken) ?? throw new TimeoutException("Identity does not say who the sender is.");
        var channel = asked.Channel == "sms" ? Channel.Sms : Channel.Voice;
        var words = channel == Channel.Sms ? ReminderText.Sms(sender.Language, sender.Name, asked.AnswerBy) : ReminderText.Call(sender.Language, sender.Name, asked.AnswerBy);
        var now = clock.GetUtcNow();
        var expired = asked.ExpiresAt <= now;
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = asked.OrganisationId,
            Purpose = Purpose,
            SourceId = asked.ReminderId,
            Channel = channel,
            Phone = personal.Seal(asked.OrganisationId, phone.E164),
            Parts = channel == Channel.Voice ? 1 : SmsText.Count(words[0].Text).Parts,
            State = expired ? DeliveryState.Expired : DeliveryState.Sending,
            Reason = expired ? "expired" : null,
            ExpiresAt = asked.ExpiresAt,
            CreatedAt = now,
            ChangedAt = now,
        };
        var (_, attempt) = await store.TakeAsync(messageId, message, () => routes.Choose(channel, []).Name, cancellationToken);
        if (attempt is not null)
        {
            await handOver.RunAsync(message, attempt, phone.E164, channel == Channel.Sms ? sender.SmsName : sender.CallerId, Language.Of(sender.Language), () => words);
        }
    }
}
