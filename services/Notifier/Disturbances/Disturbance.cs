using System.Text.Json.Serialization;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Disturbances;

[JsonConverter(typeof(CamelCaseEnumConverter<DisturbanceState>))]
public enum DisturbanceState
{
    /// <summary>It holds.</summary>
    Current,

    /// <summary>Stopped by the organisation before everybody had it.</summary>
    Cancelled,

    /// <summary>Taken back or put right by a later alert.</summary>
    Corrected,

    /// <summary>Its time is over.</summary>
    Over,

    /// <summary>There was one; what it said has been removed.</summary>
    Forgotten,
}

/// <summary>An alert as anybody may see it: what phones were told, and nothing of whose they are.</summary>
/// <param name="Code">What its messages carry; null for those from before there were codes.</param>
/// <param name="Correction">It puts an earlier one right.</param>
/// <param name="Text">As it stood in the SMS; null once retention has removed it, as are all fields but the state and the time.</param>
/// <param name="Spoken">What a call said, where that was something else.</param>
/// <param name="CorrectedBy">The latest correction, where there is one.</param>
public sealed record Disturbance(
    string? Code, DisturbanceState State, bool Test, bool Correction, string? Category, string? Text, string? Spoken, DisturbanceArea? Area,
    DateTimeOffset SentAt, DateTimeOffset? Until, DisturbanceCorrection? CorrectedBy)
{
    internal static Disturbance Of(Alert alert, DisturbanceArea? area, Alert? correction, DateTimeOffset now) => alert.Content is null
        ? new Disturbance(alert.Code, DisturbanceState.Forgotten, alert.Test, false, null, null, null, null, alert.StartedAt!.Value, null, null)
        : new Disturbance(
            alert.Code, StateOf(alert, correction, now), alert.Test, alert.Corrects is not null, alert.Category,
            AlertWords.Sms(alert.Content, alert.Test, alert.Sender?.CodeLine), alert.Options.Mode == AlertMode.Sms ? null : alert.Content.Voice, area,
            alert.StartedAt!.Value, alert.ExpiresAt, correction is null ? null : DisturbanceCorrection.Of(correction));

    private static DisturbanceState StateOf(Alert alert, Alert? correction, DateTimeOffset now) =>
        correction is not null ? DisturbanceState.Corrected
        : alert.State == AlertState.Cancelled ? DisturbanceState.Cancelled
        : alert.ExpiresAt <= now ? DisturbanceState.Over
        : DisturbanceState.Current;
}

public sealed record DisturbanceCorrection(string? Text, DateTimeOffset SentAt)
{
    internal static DisturbanceCorrection Of(Alert correction) =>
        new(correction.Content is { } texts ? AlertWords.Sms(texts, test: false, correction.Sender?.CodeLine) : null, correction.StartedAt!.Value);
}
