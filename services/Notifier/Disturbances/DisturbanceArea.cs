using System.Text.Json;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Disturbances;

/// <summary>Where an alert holds, in words that name no home: streets without their numbers, and how many shapes and properties were chosen.</summary>
/// <param name="Everywhere">All of the organisation's addresses.</param>
/// <param name="OnMap">Areas drawn on the map.</param>
/// <param name="Listed">It went to numbers of a list too.</param>
public sealed record DisturbanceArea(bool Everywhere, IReadOnlyList<string> Streets, IReadOnlyList<string> Postcodes, int OnMap, int Properties, bool Listed)
{
    /// <summary>Nothing but a list: it was for somebody in particular, and is no news for others.</summary>
    internal bool IsListOnly => this is { Everywhere: false, Streets: [], Postcodes: [], OnMap: 0, Properties: 0 };

    /// <returns>Null where retention has removed it.</returns>
    internal static DisturbanceArea? Of(Alert alert, PersonalData personal)
    {
        if (alert.Audience is not { } box)
        {
            return null;
        }
        var audience = JsonSerializer.Deserialize<Audience>(personal.Open(alert.OrganisationId, box), JsonSerializerOptions.Web)!;
        return new DisturbanceArea(
            audience.Everyone, [.. (audience.Streets ?? []).Select(street => street.Street.Trim()).Distinct(StringComparer.CurrentCultureIgnoreCase)],
            [.. (audience.Postcodes ?? []).Distinct()], audience.Areas?.Count ?? 0, audience.Properties?.Count ?? 0, audience.Phones is { Count: > 0 });
    }
}
