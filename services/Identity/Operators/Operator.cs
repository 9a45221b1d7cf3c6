namespace Ums.Identity.Operators;

/// <summary>Somebody who works for an organisation or for UMS.</summary>
internal sealed class Operator
{
    public Guid Id { get; init; }

    /// <summary>Of the address in lower case.</summary>
    public required byte[] EmailIndex { get; init; }

    public required byte[] EmailSealed { get; init; }

    public required byte[] NameSealed { get; init; }

    /// <summary>Works for UMS and may enter every organisation.</summary>
    public bool Staff { get; init; }

    /// <summary>Null for whom only a passkey or the organisation's own provider knows.</summary>
    public string? PasswordHash { get; set; }

    public byte[]? TotpSealed { get; set; }

    public long TotpStep { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an operator is in one organisation.</summary>
internal sealed class Membership
{
    public required Guid OrganisationId { get; init; }

    public required Guid OperatorId { get; init; }

    public required string[] Roles { get; set; }

    public required DateTimeOffset Since { get; init; }
}

internal sealed class RecoveryCode
{
    public required Guid OperatorId { get; init; }

    public required byte[] CodeHash { get; init; }
}

/// <summary>A link that makes somebody an operator, once.</summary>
internal sealed class Invitation
{
    public Guid Id { get; init; }

    public required byte[] TokenHash { get; init; }

    /// <summary>Null for UMS's own staff.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Null, as the other two, for the very first administrator.</summary>
    public byte[]? EmailIndex { get; init; }

    public byte[]? EmailSealed { get; init; }

    public byte[]? NameSealed { get; init; }

    public required string[] Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
