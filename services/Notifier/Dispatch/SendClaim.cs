using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Dispatch;

/// <summary>Calls the providers for a claim's attempts, all at once, holding no database connection, and says what is known of each afterwards.</summary>
internal sealed class SendClaim(ProviderSet providers, ReceiptAddresses addresses, PersonalData personal, StoppedAlerts stopped, IOptions<DispatchOptions> options, TimeProvider clock)
{
    /// <param name="claimed">When the claim was made, by <see cref="TimeProvider.GetTimestamp"/>.</param>
    public Task<Outcome[]> RunAsync(Claim claim, LiveAlert alert, long claimed) =>
        Task.WhenAll(claim.Attempts.Select(attempt => RunAsync(claim, attempt, alert, claimed)));

    private async Task<Outcome> RunAsync(Claim claim, ClaimedAttempt attempt, LiveAlert alert, long claimed)
    {
        if (Refusal(claim, attempt, alert, claimed) is { } refusal)
        {
            return refusal;
        }
        var provider = providers.Find(attempt.Provider);
        if (provider is null)
        {
            // Another replica is configured differently.
            return new Outcome(attempt.Id, DeliveryState.NotSent, "provider-unknown", Again: true);
        }
        if (Phone(claim, attempt) is not { } phone)
        {
            return new Outcome(attempt.Id, DeliveryState.NotSent, "phone-unreadable");
        }
        var answer = await provider.SendAsync(new OutboundMessage(
            attempt.Id, claim.Channel, phone, alert.From(claim.Channel), alert.Sender.Language, alert.Content(claim.Channel),
            addresses.For(provider.Name, attempt.Id), clock.GetUtcNow() + alert.LeftBy(clock),
            alert.Options.Acknowledge && claim.Channel == Channel.Voice), CancellationToken.None);
        DispatchTelemetry.Count(claim.Channel, provider.Name, answer);
        return answer switch
        {
            ProviderAnswer.Accepted accepted => new Outcome(attempt.Id, DeliveryState.Accepted, Reference: accepted.Reference, ByReference: provider.ReportsByReference),
            ProviderAnswer.NotSent notSent => new Outcome(attempt.Id, DeliveryState.NotSent, notSent.Reason, Again: notSent.Again),
            ProviderAnswer.Unknown unknown => new Outcome(attempt.Id, DeliveryState.Unknown, unknown.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private string? Phone(Claim claim, ClaimedAttempt attempt)
    {
        try
        {
            return personal.Open(claim.OrganisationId, attempt.Phone);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Outcome? Refusal(Claim claim, ClaimedAttempt attempt, LiveAlert alert, long claimed)
    {
        if (stopped.Contains(claim.AlertId))
        {
            return new Outcome(attempt.Id, DeliveryState.Cancelled, "cancelled");
        }
        return clock.GetElapsedTime(claimed) > options.Value.Freshness ? new Outcome(attempt.Id, DeliveryState.NotSent, "interrupted", Again: true)
            : alert.LeftBy(clock) <= TimeSpan.Zero ? new Outcome(attempt.Id, DeliveryState.NotSent, "expired")
            : null;
    }
}
