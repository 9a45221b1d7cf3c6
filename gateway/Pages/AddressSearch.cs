using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages;

/// <summary>An address elsewhere that fits what was typed, and the portals where it can be added.</summary>
internal sealed record Elsewhere(Match Match, IReadOnlyList<OtherOrganisation> Portals);

/// <summary>What was found for what a resident typed.</summary>
internal sealed record Hits(IReadOnlyList<Match> Inside, IReadOnlyList<Elsewhere> Outside);

/// <summary>Looks for an address where the organisation is, and says where else it may be when that is not certain.</summary>
internal sealed class AddressSearch(GeocodingClient geocoding, IdentityClient identity)
{
    public async Task<Answer<Hits>> FindAsync(AddressTyped typed, Organisation organisation, CancellationToken cancellationToken)
    {
        var answer = await geocoding.MatchAsync(typed, organisation.MunicipalityCodes, cancellationToken);
        if (answer.Problem is { } problem)
        {
            return new(null, problem);
        }
        var near = answer.Value!.Matches.ToLookup(match => organisation.MunicipalityCodes.Contains(match.MunicipalityCode));
        var sure = answer.Value.Category is "A" or "B" && near[true].Any();
        var elsewhere = sure ? [] : near[false].DistinctBy(match => match.MunicipalityCode).Take(3);
        return new(new Hits([.. near[true]], await WithPortalsAsync(elsewhere, cancellationToken)), null);
    }

    private async Task<IReadOnlyList<OtherOrganisation>> PortalsForAsync(string municipalityCode, CancellationToken cancellationToken)
    {
        try
        {
            return await identity.CoveringAsync(municipalityCode, cancellationToken);
        }
        catch (ServiceAwayException)
        {
            // The advice stands without the link.
            return [];
        }
    }

    private async Task<IReadOnlyList<Elsewhere>> WithPortalsAsync(IEnumerable<Match> matches, CancellationToken cancellationToken)
    {
        var found = new List<Elsewhere>();
        foreach (var match in matches)
        {
            found.Add(new Elsewhere(match, await PortalsForAsync(match.MunicipalityCode!, cancellationToken)));
        }
        return found;
    }
}
