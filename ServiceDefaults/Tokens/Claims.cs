using System.Security.Claims;

namespace Ums.ServiceDefaults.Tokens;

/// <summary>The claims in an access token, by OpenID Connect's names where it has one.</summary>
public static class Claims
{
    public const string Subject = "sub";
    public const string Session = "sid";
    public const string Scope = "scope";
    public const string Organisation = "organisation";
    public const string OrganisationSlug = "organisation_slug";
    public const string PhoneNumber = "phone_number";
    public const string Kind = "kind";
    public const string Channel = "channel";

    /// <summary>When an operator last proved who they are, in seconds since 1970.</summary>
    public const string SignedInAt = "auth_time";

    /// <summary>What an operator is in the organisation; more than one may stand.</summary>
    public const string Role = "role";

    /// <summary>"true" for operators who work for UMS.</summary>
    public const string Staff = "staff";

    private const string OperatorKind = "operator";

    public static bool HasScope(this ClaimsPrincipal user, string scope) =>
        user.FindAll(Scope).Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    /// <exception cref="InvalidOperationException">The token lacks the claim; its route should not have let it in.</exception>
    public static string Required(this ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) ?? throw new InvalidOperationException($"The token has no {claim}.");

    /// <summary>A person who works for an organisation or for UMS; everybody else is a resident or a program.</summary>
    public static bool IsOperator(this ClaimsPrincipal user) => user.HasClaim(Kind, OperatorKind);

    public static Guid OrganisationId(this ClaimsPrincipal user) => Guid.Parse(user.Required(Organisation));
}
