using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Operators;

/// <summary>Makes the links that are good once, and opens them.</summary>
internal sealed class Invitations(IdentityDb db, People people, IOptions<OperatorOptions> options, IConfiguration configuration, TimeProvider clock)
{
    private readonly byte[] secrets = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("PersonalData"), 32, info: "ums totp enrolment 1"u8.ToArray());

    /// <summary>Adds one to the context.</summary>
    /// <returns>The link, which nobody can make again.</returns>
    public (Invitation Invitation, string Link) Add(Guid? organisation, string? email, string? name, string[] roles)
    {
        var (token, hash) = OneTimeToken.Make();
        var now = clock.GetUtcNow();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(),
            TokenHash = hash,
            OrganisationId = organisation,
            EmailIndex = email is null ? null : people.Index(email),
            EmailSealed = email is null ? null : people.Seal(email),
            NameSealed = name is null ? null : people.Seal(name),
            Roles = roles,
            CreatedAt = now,
            ExpiresAt = now + options.Value.InvitationLifetime,
        };
        db.Invitations.Add(invitation);
        return (invitation, $"{configuration["Tokens:Issuer"]}admin/valkommen/{token}");
    }

    /// <summary>Inside <c>AcrossOrganisationsAsync</c>.</summary>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return OneTimeToken.Read(token) is { } hash
            ? await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash && i.UsedAt == null && i.ExpiresAt > now, cancellationToken)
            : null;
    }

    public async Task<bool> UseAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.Invitations.Where(i => i.Id == invitation.Id && i.UsedAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.UsedAt, now), cancellationToken) == 1;
    }

    /// <summary>The authenticator's secret that goes with an invitation: the same each time the link is opened, and nothing to keep until it is used.</summary>
    public byte[] SecretOf(Invitation invitation) => HMACSHA256.HashData(secrets, invitation.TokenHash)[..Totp.SecretLength];
}
