using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.ApiClients;

/// <summary>A program that an organisation lets in. OpenIddict keeps its secret, as a hash; here stands whose it is, also after it was revoked.</summary>
internal sealed class ApiClient
{
    public required string ClientId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RotatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-client", "The organisation has no such API client.");
}
