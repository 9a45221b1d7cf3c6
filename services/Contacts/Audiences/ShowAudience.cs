using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>Where an audience is, for a map: places without people, rounded to some ten metres. Of many, an even sample that is the same each time.</summary>
internal static class ShowAudience
{
    private const int Most = 5000;

    public sealed record Request(Audience? Audience);

    /// <param name="Points">Longitude and latitude.</param>
    /// <param name="Total">How many places there are in all.</param>
    public sealed record Response(IReadOnlyList<IReadOnlyList<double>> Points, int Total);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Asker asker, ContactsDb db, PersonalData personal, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        if (AudienceFaults.Of(request.Audience) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }
        var audience = new PreparedAudience(request.Audience!, organisation, personal);
        return TypedResults.Ok(await db.InOrganisationAsync(organisation, token => ReadAsync(db, audience, token), cancellationToken));
    }

    private static async Task<Response> ReadAsync(ContactsDb db, PreparedAudience audience, CancellationToken cancellationToken)
    {
        await using var command = Statement.Of(db, $"""
            {CoveredAddresses.Shape}, places as (
                select round(a.longitude * 10000) as x, round(a.latitude * 10000) as y, min(a.household) as place
                from {CoveredAddresses.AsSet(audience)}
                join contacts c on c.id = a.contact_id and c.organisation_id = @organisation and c.passive_at is null and (@kind is null or c.kind = @kind)
                where a.alerts and a.latitude is not null
                group by 1, 2)
            select x / 10000, y / 10000, count(*) over ()::int from places order by place limit {Most}
            """);
        CoveredAddresses.AddTo(command, audience);
        command.CommandTimeout = 60;
        var (points, total) = (new List<IReadOnlyList<double>>(), 0);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            points.Add([row.GetDouble(0), row.GetDouble(1)]);
            total = row.GetInt32(2);
        }
        return new Response(points, total);
    }
}
