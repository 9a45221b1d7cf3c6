using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Providers;

/// <summary>Connects the organisation's own provider, once it answers under the name given. Another issuer begins with nobody linked.</summary>
internal static class SetProvider
{
    private static readonly string[] EmailClaims = ["email", "preferred_username", "upn"];

    /// <param name="Secret">May be left out where only the rest changes.</param>
    public sealed record Request(string? Issuer, string? ClientId, string? Secret, string? EmailClaim);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, Request request, ClaimsPrincipal user, IdentityDb db, ProviderDirectory directory, PersonalData personal, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var there = await db.InOrganisationAsync(organisation.Id, token => db.Providers.AnyAsync(token), cancellationToken);
        if (Errors(request, directory, there) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        var issuer = directory.ReadIssuer(request.Issuer)!;
        try
        {
            await directory.FindAsync(issuer, cancellationToken);
        }
        catch (ProviderException e)
        {
            return Problems.Invalid("issuer", e.Word);
        }
        return await db.InOrganisationAsync(organisation.Id, async token =>
        {
            var sealedSecret = request.Secret is { } secret ? personal.Seal(organisation.Id, secret) : null;
            if (await db.Providers.SingleOrDefaultAsync(token) is not { } provider)
            {
                db.Providers.Add(provider = new Provider
                {
                    OrganisationId = organisation.Id,
                    Issuer = issuer,
                    ClientId = request.ClientId!,
                    SecretSealed = sealedSecret!,
                    EmailClaim = request.EmailClaim!,
                    SetAt = clock.GetUtcNow(),
                });
            }
            provider.Issuer = issuer;
            provider.ClientId = request.ClientId!;
            provider.SecretSealed = sealedSecret ?? provider.SecretSealed;
            provider.EmailClaim = request.EmailClaim!;
            provider.SetAt = clock.GetUtcNow();
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "provider-set") with { Target = issuer }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }

    private static Dictionary<string, string[]> Errors(Request request, ProviderDirectory directory, bool there)
    {
        var errors = new Dictionary<string, string[]>();
        if (directory.ReadIssuer(request.Issuer) is null)
        {
            errors["issuer"] = ["not-an-issuer"];
        }
        if (request.ClientId is not { Length: > 0 and <= 200 } || request.ClientId.Any(char.IsControl))
        {
            errors["clientId"] = ["required"];
        }
        if (request.Secret is { Length: 0 or > 500 } || (request.Secret is null && !there))
        {
            errors["secret"] = ["required"];
        }
        if (!EmailClaims.Contains(request.EmailClaim))
        {
            errors["emailClaim"] = ["unknown-claim"];
        }
        return errors;
    }
}
