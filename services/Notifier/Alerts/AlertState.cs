using System.Text.Json.Serialization;

namespace Ums.Notifier.Alerts;

[JsonConverter(typeof(CamelCaseEnumConverter<AlertState>))]
public enum AlertState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Waits for another person's approval.</summary>
    Submitted,

    /// <summary>Waits for its time, or for the end of quiet hours.</summary>
    Approved,

    /// <summary>Contacts is asked who it is for; nothing has left yet.</summary>
    Resolving,

    /// <summary>Messages leave, and receipts come in.</summary>
    Sending,

    /// <summary>Final: everyone is in a final state.</summary>
    Completed,

    /// <summary>Final: stopped by a person.</summary>
    Cancelled,
}

/// <summary>Which state may follow which. Every change of state in this service asks here, those in SQL by way of <see cref="Before"/>.</summary>
internal static class AlertStates
{
    public static AlertState[] Before(AlertState next) => next switch
    {
        // An edit takes the submission, or the approval that has not started yet, back.
        AlertState.Draft => [AlertState.Draft, AlertState.Submitted, AlertState.Approved],
        AlertState.Submitted => [AlertState.Draft],
        AlertState.Approved => [AlertState.Submitted],
        AlertState.Resolving => [AlertState.Approved],
        AlertState.Sending => [AlertState.Resolving],
        AlertState.Completed => [AlertState.Resolving, AlertState.Sending],
        AlertState.Cancelled => [AlertState.Submitted, AlertState.Approved, AlertState.Resolving, AlertState.Sending],
        _ => throw new ArgumentOutOfRangeException(nameof(next)),
    };

    public static bool MayBecome(this AlertState state, AlertState next) => Before(next).Contains(state);

    public static bool IsFinal(this AlertState state) => state is AlertState.Completed or AlertState.Cancelled;
}
