using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ums.Identity.Organisations;

/// <summary>All that an organisation has set. The answer's ETag goes into If-Match when it is changed.</summary>
internal static class ReadSettings
{
    /// <param name="DirectLink">What the organisation prints on its bills; it follows from the slug and never changes.</param>
    public sealed record Response(
        string Slug, string Name, OrganisationKind Kind, string DirectLink, string[] MunicipalityCodes, string SmsSenderName, string VoiceCallerId, string Language,
        bool NorwegianNumbers, string[] Categories, long Version);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, HttpContext http, ClaimsPrincipal user, IdentityDb db, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } o)
        {
            return GetOrganisation.Unknown();
        }
        http.Response.Headers.ETag = TagOf(o.Version);
        return TypedResults.Ok(new Response(
            o.Slug, o.Name, o.Kind, $"{configuration["Tokens:Issuer"]}k/{o.Slug}", o.MunicipalityCodes, o.SmsSenderName, o.VoiceCallerId, o.Language, o.NorwegianNumbers,
            o.Categories, o.Version));
    }

    public static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
