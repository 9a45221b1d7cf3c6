namespace Ums.Gateway.Clients;

/// <summary>What an operator writes of an alert; Notifier has the same words for it.</summary>
internal sealed record AlertDraft(
    string Title, string Category, AlertTexts Texts, AlertAudience Audience, string Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife,
    int? ValidForMinutes, DateTimeOffset? SendAt);

internal sealed record AlertTexts(string Sms, string? SmsEnglish, string? Voice, string? VoiceEnglish);

/// <summary>Whom an alert is for, as Contacts and Notifier read it.</summary>
internal sealed record AlertAudience(
    bool Everyone, AlertArea[]? Areas, AlertStreet[]? Streets, AlertProperty[]? Properties, string[]? Postcodes, string[]? Phones, string? Kind, bool OncePerHousehold)
{
    public static readonly AlertAudience Nobody = new(false, [], [], [], [], [], null, false);
}

/// <summary>A polygon or a circle; positions are longitude and latitude.</summary>
internal sealed record AlertArea(double[][]? Polygon, double[]? Center, double? Radius);

internal sealed record AlertStreet(string MunicipalityCode, string Street, int? From, int? To);

internal sealed record AlertProperty(int? Gnr, int? Bnr, int? Fnr, int? Snr);

internal sealed record AlertCounts(
    int Recipients, int Waiting, int Sending, int Unknown, int Accepted, int Delivered, int Failed, int Expired, int Cancelled, int Suppressed, int Acknowledged,
    int Resent, int Called)
{
    public int HandedOver => Accepted + Delivered + Unknown;

    public int Done => Delivered + Failed + Expired + Cancelled;
}

internal sealed record Alert(
    Guid Id, int Version, string State, bool Test, Guid? Corrects, string? Code, string? CodeLine, string Title, string Category, AlertTexts? Texts, string Mode, bool Acknowledge,
    double? RepeatAfterMinutes, bool DangerToLife, double ValidForMinutes, bool Held, int Expected, decimal Cost, AlertCounts Counts,
    string WrittenBy, string? SubmittedBy, string? ApprovedBy, string? CancelledBy, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, DateTimeOffset? SubmittedAt,
    DateTimeOffset? ApprovedAt, DateTimeOffset? SendAt, DateTimeOffset? StartedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? HandedOverAt, DateTimeOffset? EndedAt)
{
    public bool IsDraft => State == "draft";

    /// <summary>Nothing has left yet, and somebody may still change it.</summary>
    public bool MayChange => !Test && State is "draft" or "submitted" or "approved";

    public bool MayCancel => State is "submitted" or "approved" or "resolving" or "sending";

    public bool UnderWay => State is "approved" or "resolving" or "sending";

    public bool Over => State is "completed" or "cancelled";
}

internal sealed record AlertPage(Alert[] Alerts, Guid? Before);

internal sealed record AlertDetail(Alert Alert, AlertAudience? Audience);

/// <param name="Before">What an edit replaced.</param>
internal sealed record AlertChange(int Version, DateTimeOffset At, string Actor, string Action, AlertBefore? Before);

internal sealed record AlertBefore(string? Title, string? Category, AlertTexts? Texts, DateTimeOffset? SendAt, bool OtherAudience);

/// <param name="CodeStyle">place, link or none.</param>
/// <param name="CodePlace">Null for the portal.</param>
internal sealed record AlertSettings(TimeOnly QuietFrom, TimeOnly QuietTo, int TextDays, int RecipientDays, int Version, string CodeStyle, string? CodePlace);

internal sealed record AlertEstimate(int Recipients, int Mobiles, int Landlines, int LeftOut, int Parts, decimal Cost);

internal sealed record AlertRecipient(
    string Id, string Phone, string State, string? Reason, int Attempts, string? Channel, string? Provider, bool Acknowledged, DateTimeOffset? EndedAt);

internal sealed record AlertRecipients(AlertRecipient[] Recipients, string? After);

/// <param name="Text">As a phone shows it.</param>
/// <param name="CodeLine">Its last line, with the code; null where the organisation wants none.</param>
/// <param name="Sms">Null where nothing is written.</param>
internal sealed record AlertPreview(string Text, string? CodeLine, SmsPreview? Sms);

/// <summary>What a text becomes as an SMS.</summary>
internal sealed record SmsPreview(string Encoding, int Units, SmsPartSize[] Parts, int UnitsLeft, SmsForcing[] ForcedBy, decimal CostPerRecipient);

internal sealed record SmsPartSize(int Units);

internal sealed record SmsForcing(string Character, int At);

internal sealed record AudienceCount(
    int Phones, int Mobiles, int Landlines, int Households, int Addresses, int WithoutPhone, int SwitchedOff, int UnderAge, int Duplicates);

/// <param name="Points">Longitude and latitude.</param>
internal sealed record AudiencePoints(double[][] Points, int Total);

/// <param name="Places">Longitude, latitude, and how many recipients are under way, reached and not reached there.</param>
/// <param name="Share">Of all recipients.</param>
internal sealed record AlertPlaces(double[][] Places, double Share);
