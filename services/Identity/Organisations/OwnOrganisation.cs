using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Organisations;

internal static class OwnOrganisation
{
    /// <summary>The organisation of that slug, where it is the caller's own; another's is simply not found. A token that is bound to none, as our services have,
    /// finds all.</summary>
    public static async Task<Organisation?> OwnAsync(
        this DbSet<Organisation> organisations, ClaimsPrincipal user, string slug, CancellationToken cancellationToken) =>
        await organisations.ActiveAsync(slug, cancellationToken) is { } found && IsOwn(user, found) ? found : null;

    private static bool IsOwn(ClaimsPrincipal user, Organisation found) => user.FindFirstValue(Claims.Organisation) is { } own
        ? Guid.TryParse(own, out var id) && id == found.Id
        : !user.IsOperator();
}
