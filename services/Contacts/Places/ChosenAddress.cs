using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Places;

/// <summary>An address that a resident picked from the matches: what is known of it, or why it cannot be taken.</summary>
internal sealed class ChosenAddress(GeocodingClient geocoding, Organisations organisations)
{
    private const int LongestId = 64;

    /// <param name="slug">The organisation that the resident is signed in to.</param>
    public async Task<(AddressFacts? Facts, ProblemHttpResult? Refusal)> ResolveAsync(string? addressId, string slug, CancellationToken cancellationToken)
    {
        if (Fault(addressId) is { } fault)
        {
            return (null, Problems.Invalid("addressId", fault));
        }
        AddressFacts? facts;
        try
        {
            facts = await geocoding.FindAsync(addressId!, cancellationToken);
        }
        catch (GeocodingAwayException)
        {
            return (null, Problems.Problem(StatusCodes.Status503ServiceUnavailable, "geocoding-unavailable",
                "Addresses cannot be looked up just now. Nothing is lost: try again in a moment."));
        }
        if (facts is null)
        {
            return (null, Problems.Problem(StatusCodes.Status422UnprocessableEntity, "unknown-address", "There is no such address. Choose one of the matches."));
        }
        return await OutsideAsync(facts, slug, cancellationToken) is { } outside ? (null, outside) : (facts, null);
    }

    public static string? Fault(string? addressId) => addressId switch
    {
        null or "" => "required",
        { Length: > LongestId } => "too-long",
        _ when addressId.Any(c => char.IsControl(c) || char.IsSurrogate(c) || char.IsWhiteSpace(c)) => "bad-characters",
        // Part of a path: it must not climb out of its segment.
        "." or ".." => "bad-characters",
        _ => null,
    };

    /// <summary>Where coverage cannot be told, because Identity has not answered yet, the address is taken: nobody is warned outside the organisation's area anyway.</summary>
    private async Task<ProblemHttpResult?> OutsideAsync(AddressFacts facts, string slug, CancellationToken cancellationToken)
    {
        var organisation = await organisations.FindAsync(slug, cancellationToken);
        if (organisation is null || organisation.MunicipalityCodes.Contains(facts.MunicipalityCode))
        {
            return null;
        }
        var covering = await organisations.CoveringAsync(facts.MunicipalityCode, cancellationToken);
        return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "address-outside-organisation",
            "The address lies outside this organisation's area. Visit the portal of the municipality where it lies.",
            extensions: new Dictionary<string, object?> { ["municipality"] = facts.MunicipalityCode, ["organisations"] = covering });
    }
}
