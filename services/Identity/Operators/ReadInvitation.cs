using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ums.Identity.Operators;

/// <summary>What the page behind an invitation's link shows. Looking uses nothing up.</summary>
internal static class ReadInvitation
{
    public sealed record Request(string? Token);

    /// <param name="Email">Null where the first administrator is yet to say.</param>
    /// <param name="Organisation">Its name; null for UMS's own staff.</param>
    /// <param name="Known">There is an account for the address already; its password and code take the place of new ones.</param>
    /// <param name="Secret">For the authenticator app, in base 32.</param>
    public sealed record Response(string? Email, string? Name, string? Organisation, string[] Roles, bool Known, string Secret);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, IdentityDb db, Invitations invitations, People people, CancellationToken cancellationToken) =>
        await db.AcrossOrganisationsAsync(async token =>
        {
            if (await invitations.FindAsync(request.Token, token) is not { } invitation)
            {
                return null;
            }
            var organisation = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == invitation.OrganisationId, token);
            var known = invitation.EmailIndex is { } index && await db.Operators.AnyAsync(o => o.EmailIndex == index, token);
            return new Response(
                invitation.EmailSealed is { } email ? people.Open(email) : null, invitation.NameSealed is { } name ? people.Open(name) : null,
                organisation?.Name, invitation.Roles, known, Totp.Base32(invitations.SecretOf(invitation)));
        }, cancellationToken) is { } found ? TypedResults.Ok(found) : OperatorProblems.UnknownInvitation();
}
