using System.Text.Json.Serialization;

namespace Ums.Notifier.Alerts;

/// <summary>What an organisation has to tell the people of an area. <see cref="AlertState"/> says how it goes on.</summary>
internal sealed class Alert
{
    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public AlertState State { get; set; }

    /// <summary>Goes to a handful of given numbers and says in its text that it is a test.</summary>
    public bool Test { get; init; }

    /// <summary>The alert to whose recipients this one goes, whatever its audience says.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>What its recipients see in the message and type to see that it is genuine.</summary>
    public string? Code { get; init; }

    public required string Title { get; set; }

    public required string Category { get; set; }

    /// <summary>Null once retention has removed it.</summary>
    public AlertTexts? Content { get; set; }

    /// <summary>An <see cref="Ums.Messages.Commands.Audience"/> as JSON, sealed; null once retention has removed it.</summary>
    public byte[]? Audience { get; set; }

    public required AlertOptions Options { get; set; }

    /// <summary>The organisation as it was when the alert was submitted; null before.</summary>
    public AlertSender? Sender { get; set; }

    /// <summary>Phones counted when it was submitted, or known since.</summary>
    public int Expected { get; set; }

    /// <summary>What reaching them was expected to cost, in kronor without tax.</summary>
    public decimal Cost { get; set; }

    /// <summary>Counts the changes; who writes on an older one is told.</summary>
    public int Version { get; set; } = 1;

    public required string WrittenBy { get; set; }

    public string? SubmittedBy { get; set; }

    public string? ApprovedBy { get; set; }

    public string? CancelledBy { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>Not before; null for at once.</summary>
    public DateTimeOffset? SendAt { get; set; }

    /// <summary>Quiet hours: nothing leaves while it is true.</summary>
    public bool Held { get; set; }

    /// <summary>When Contacts was last asked for the audience, or has last answered.</summary>
    public DateTimeOffset? HeardAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public int Batches { get; init; }

    public int? BatchesInAll { get; init; }

    /// <summary>The counts that were last published.</summary>
    public string? Told { get; set; }

    public DateTimeOffset? HandedOverAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Of a cancelled alert: when those whom it had reached by then were in a final state too.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <param name="Sms">Swedish.</param>
/// <param name="SmsEnglish">Follows the Swedish in the same message.</param>
/// <param name="Voice">What a call says in Swedish; null says the SMS.</param>
/// <param name="VoiceEnglish">Follows the Swedish; null says the English SMS.</param>
public sealed record AlertTexts(string Sms, string? SmsEnglish, string? Voice, string? VoiceEnglish)
{
    /// <summary>Tells no text: logs are no place for it.</summary>
    public override string ToString() => nameof(AlertTexts);
}

/// <param name="Acknowledge">A call asks for a key to be pressed.</param>
/// <param name="RepeatAfter">Who was not reached, or did not press a key, is tried once more after this long.</param>
/// <param name="DangerToLife">Quiet hours do not hold it back, and it goes before others.</param>
/// <param name="ValidFor">From its start; nothing is sent afterwards, and who has not been confirmed by then counts as expired.</param>
internal sealed record AlertOptions(AlertMode Mode, bool Acknowledge, TimeSpan? RepeatAfter, bool DangerToLife, TimeSpan ValidFor);

/// <param name="Name">What texts and calls call it.</param>
/// <param name="SmsName">What a phone shows as the sender.</param>
/// <param name="CallerId">E.164.</param>
/// <param name="CodeLine">What stands last in an SMS: the alert's code and where it is typed; null where the organisation wants none.</param>
internal sealed record AlertSender(string Name, string SmsName, string CallerId, string Language, string? CodeLine = null);

[JsonConverter(typeof(CamelCaseEnumConverter<AlertMode>))]
public enum AlertMode
{
    /// <summary>To mobiles; landlines are left out.</summary>
    Sms,

    /// <summary>All are called.</summary>
    Voice,

    /// <summary>SMS to mobiles, calls to landlines.</summary>
    SmsAndVoice,

    /// <summary>The same, and mobiles whose SMS did not arrive are called.</summary>
    SmsThenVoice,
}
