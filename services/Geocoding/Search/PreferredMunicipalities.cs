using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Geocoding.Search;

/// <summary>The municipalities whose addresses stand first: those given, or those that the organisation covers as Identity says.</summary>
internal sealed partial class PreferredMunicipalities(HttpClient identity, IMemoryCache cache, ILogger<PreferredMunicipalities> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10), FreshWhenAway = TimeSpan.FromSeconds(15);

    private sealed record Organisation(string[] MunicipalityCodes);

    /// <returns>Null where the organisation that the request names does not exist.</returns>
    public async Task<IReadOnlySet<string>?> OfAsync(string[]? codes, string? slug, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (codes is { Length: > 0 })
        {
            return Codes(codes);
        }

        if (!string.IsNullOrWhiteSpace(slug))
        {
            return IsSlug(slug) ? await CoveredByAsync(slug, cancellationToken) : null;
        }

        var own = user.FindFirstValue(Claims.OrganisationSlug);
        return own is not null && IsSlug(own) ? await CoveredByAsync(own, cancellationToken) ?? Codes(null) : Codes(null);
    }

    public static IReadOnlySet<string> Codes(string[]? codes) =>
        codes is null ? new HashSet<string>() : codes.Where(code => code is { Length: 4 } && code.All(char.IsAsciiDigit)).ToHashSet();

    private static bool IsSlug(string slug) => slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private async Task<IReadOnlySet<string>?> CoveredByAsync(string slug, CancellationToken cancellationToken)
    {
        var key = (typeof(PreferredMunicipalities), slug);
        if (cache.TryGetValue(key, out IReadOnlySet<string>? covered))
        {
            return covered;
        }

        try
        {
            var organisation = await identity.GetFromJsonAsync<Organisation>($"/api/organisations/{slug}", cancellationToken);
            return cache.Set(key, Codes(organisation?.MunicipalityCodes), Fresh);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return cache.Set<IReadOnlySet<string>?>(key, null, FreshWhenAway);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or Polly.ExecutionRejectedException && !cancellationToken.IsCancellationRequested)
        {
            // An order of preference is not worth an error: without Identity every municipality is alike.
            IdentityAway(log, e.Message);
            return cache.Set(key, Codes(null), FreshWhenAway);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Identity did not say what an organisation covers: {Reason}")]
    private static partial void IdentityAway(ILogger logger, string reason);
}
