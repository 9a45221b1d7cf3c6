using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

/// <summary>A link for a colleague, shown once to whoever invites; it reaches them in whatever way the organisation trusts.</summary>
internal static class InvitePerson
{
    public sealed record Request(string? Email, string? Name, string?[]? Roles);

    public sealed record Response(Guid Id, string Link, DateTimeOffset ExpiresAt);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, IdentityDb db, Invitations invitations, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var (email, name, roles) = (People.ReadEmail(request.Email), People.ReadName(request.Name), Roles.Read(request.Roles));
        var errors = new Dictionary<string, string[]>();
        if (email is null)
        {
            errors["email"] = ["not-an-email"];
        }
        if (name is null)
        {
            errors["name"] = ["required"];
        }
        if (roles is null)
        {
            errors["roles"] = ["unknown-role"];
        }
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }
        return await db.InOrganisationAsync(organisation.Id, async token =>
        {
            var (invitation, link) = invitations.Add(organisation.Id, email, name, roles!);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "operator-invited") with
            {
                Target = invitation.Id.ToString(),
                Detail = string.Join(' ', roles!),
            }, token);
            return TypedResults.Ok(new Response(invitation.Id, link, invitation.ExpiresAt));
        }, cancellationToken);
    }
}
