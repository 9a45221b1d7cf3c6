using Microsoft.EntityFrameworkCore;
using Ums.Identity.Operators;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Providers;

/// <summary>
/// Whom a provider means: the operator that its subject was linked to before, or the one whose address was invited to this organisation. Nobody else is let in,
/// whatever the provider says, and UMS's staff never are.
/// </summary>
internal sealed class ForeignPeople(IdentityDb db, People people, Invitations invitations, AuditTrail audit, TimeProvider clock)
{
    public Task<Operator?> FindAsync(Provider provider, ForeignClaims claims, CancellationToken cancellationToken) => db.AcrossOrganisationsAsync(async token =>
    {
        var (organisation, issuer, subject) = (provider.OrganisationId, provider.Issuer, claims.Subject);
        var linked = await db.ProviderSubjects.Where(s => s.OrganisationId == organisation && s.Issuer == issuer && s.Subject == subject)
            .Select(s => (Guid?)s.OperatorId).SingleOrDefaultAsync(token);
        var person = linked is { } known ? await db.Operators.AsNoTracking().SingleOrDefaultAsync(o => o.Id == known, token)
            : claims.Email is { } email ? await people.FindAsync(db, email, token) : null;
        var member = person is not null && await db.Memberships.AnyAsync(m => m.OrganisationId == organisation && m.OperatorId == person.Id, token);
        if (!member && claims.Email is { } address)
        {
            person = await JoinAsync(organisation, person, address, claims.Name, token);
            member = person is not null;
        }
        if (!member || person is null or { Staff: true })
        {
            return null;
        }
        if (linked is null)
        {
            db.ProviderSubjects.Add(new ProviderSubject { OrganisationId = organisation, Issuer = issuer, Subject = subject, OperatorId = person.Id, LinkedAt = clock.GetUtcNow() });
            await audit.AppendAsync(db, organisation, new AuditRecord("operator", person.Id.ToString(), "provider-linked"), token);
        }
        return person;
    }, cancellationToken);

    /// <summary>Signing in at the provider takes the place of following the link.</summary>
    private async Task<Operator?> JoinAsync(Guid organisation, Operator? person, string email, string? name, CancellationToken cancellationToken)
    {
        var (index, now) = (people.Index(email), clock.GetUtcNow());
        var invitation = await db.Invitations.AsNoTracking()
            .Where(i => i.OrganisationId == organisation && i.EmailIndex == index && i.UsedAt == null && i.ExpiresAt > now)
            .OrderByDescending(i => i.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (invitation is null || person is { Staff: true } || !await invitations.UseAsync(invitation, cancellationToken))
        {
            return null;
        }
        if (person is null)
        {
            person = new Operator
            {
                Id = Guid.CreateVersion7(),
                EmailIndex = index,
                EmailSealed = invitation.EmailSealed!,
                NameSealed = name is null ? invitation.NameSealed! : people.Seal(name),
                CreatedAt = now,
            };
            db.Operators.Add(person);
            await db.SaveChangesAsync(cancellationToken);
        }
        db.Memberships.Add(new Membership { OrganisationId = organisation, OperatorId = person.Id, Roles = invitation.Roles, Since = now });
        await audit.AppendAsync(db, organisation, new AuditRecord("operator", person.Id.ToString(), "operator-joined")
        {
            Target = invitation.Id.ToString(),
            Detail = string.Join(' ', invitation.Roles),
        }, cancellationToken);
        return person;
    }
}
