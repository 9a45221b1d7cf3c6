namespace Ums.Contacts.Audit;

internal enum AuditActor
{
    Resident,
    Register,

    /// <summary>Time has passed, and nobody did anything.</summary>
    Service,
}

/// <summary>Who changed what, when: ids and words, nothing that names a person. The service may add entries, never alter or delete them.</summary>
internal sealed class AuditEntry
{
    public long Id { get; private set; }

    public required Guid OrganisationId { get; init; }

    public required Guid ContactId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AuditActor Actor { get; init; }

    /// <summary>The sign-in's subject, the import's id, or the service's name.</summary>
    public required string ActorId { get; init; }

    /// <summary>The number signed in with, as a blind index.</summary>
    public byte[]? PhoneIndex { get; init; }

    /// <summary>Such as <c>address-removed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The field or row concerned, such as <c>nameHidden</c> or an address row's id.</summary>
    public string? Field { get; init; }

    public required long Version { get; init; }
}
