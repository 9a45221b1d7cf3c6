using Ums.Contacts.Places;

namespace Ums.Contacts.RegisterImport;

/// <summary>A row with its address; without one where there is no certain match inside the organisation, or the identity is protected.</summary>
internal sealed record LocatedRow(RegisterRow Row, AddressFacts? Address);

/// <summary>Finds the rows' addresses in Geocoding, hundreds at a time. What is not certain (categories A and B) is not guessed.</summary>
internal sealed class MatchAddresses(GeocodingClient geocoding, TimeProvider clock)
{
    private const int BatchSize = 200;
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<LocatedRow>> MatchAsync(
        IReadOnlyList<RegisterRow> rows, IReadOnlyList<string> municipalityCodes, CancellationToken cancellationToken)
    {
        var located = new List<LocatedRow>(rows.Count);
        located.AddRange(rows.Where(row => row.IsProtected).Select(row => new LocatedRow(row, null)));
        located.AddRange(rows.Where(row => !row.IsProtected && row.Known is not null).Select(row => new LocatedRow(row, Inside(row.Known))));
        foreach (var batch in rows.Where(row => !row.IsProtected && row.Known is null).Chunk(BatchSize))
        {
            var found = await AskAsync([.. batch.Select(row => new AddressQuery(row.Street, row.Number, row.Postcode, row.Place))], municipalityCodes, cancellationToken);
            located.AddRange(batch.Zip(found, (row, address) => new LocatedRow(row, Inside(address))));
        }
        return located;

        AddressFacts? Inside(AddressFacts? facts) => facts is not null && municipalityCodes.Contains(facts.MunicipalityCode) ? facts : null;
    }

    private async Task<IReadOnlyList<AddressFacts?>> AskAsync(AddressQuery[] queries, IReadOnlyList<string> municipalityCodes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await geocoding.MatchAsync(queries, municipalityCodes, cancellationToken);
            }
            catch (GeocodingAwayException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }
}
