using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

internal static class Members
{
    /// <summary>Everyone of the context's organisation, locked: two administrators who remove each other at the same time take turns.</summary>
    public static Task<List<Membership>> LockAsync(IdentityDb db, CancellationToken cancellationToken)
    {
        var organisation = db.Organisation;
        return db.Memberships.FromSql($"select * from memberships where organisation_id = {organisation} order by operator_id for update").ToListAsync(cancellationToken);
    }

    public static bool IsLastAdministrator(List<Membership> everyone, Membership member) =>
        member.Roles.Contains(Roles.Administrator) && everyone.Count(m => m.Roles.Contains(Roles.Administrator)) == 1;
}
