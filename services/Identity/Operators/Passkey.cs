using Microsoft.AspNetCore.Identity;

namespace Ums.Identity.Operators;

/// <summary>A passkey (WebAuthn) of an operator, as ASP.NET Core Identity's handler checks it.</summary>
internal sealed class Passkey
{
    public required byte[] CredentialId { get; init; }

    public required Guid OperatorId { get; init; }

    public required string Name { get; init; }

    public required byte[] PublicKey { get; init; }

    public required long SignCount { get; init; }

    public required string[] Transports { get; init; }

    public required bool UserVerified { get; init; }

    public required bool BackupEligible { get; init; }

    public required bool BackedUp { get; init; }

    public required byte[] AttestationObject { get; init; }

    public required byte[] ClientData { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static Passkey Of(UserPasskeyInfo info, Guid person, string name, DateTimeOffset now) => new()
    {
        CredentialId = info.CredentialId,
        OperatorId = person,
        Name = name,
        PublicKey = info.PublicKey,
        SignCount = info.SignCount,
        Transports = info.Transports ?? [],
        UserVerified = info.IsUserVerified,
        BackupEligible = info.IsBackupEligible,
        BackedUp = info.IsBackedUp,
        AttestationObject = info.AttestationObject,
        ClientData = info.ClientDataJson,
        CreatedAt = now,
    };

    public UserPasskeyInfo Info() => new(
        CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, UserVerified, BackupEligible, BackedUp, AttestationObject, ClientData);
}
