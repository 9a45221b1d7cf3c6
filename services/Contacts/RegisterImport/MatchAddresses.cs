using Ums.Contacts.Places;

namespace Ums.Contacts.RegisterImport;

/// <summary>A row with its address; without one where there is no certain match inside the organisation, or the identity is protected.</summary>
/// <param name="Fault">Why there is none, as a word.</param>
internal sealed record LocatedRow(RegisterRow Row, AddressFacts? Address, string? Fault = null);

/// <summary>
/// Finds the rows' addresses in Geocoding, hundreds at a time and several times at once; people who live together are asked for once. What is not certain
/// (categories A and B) is not guessed.
/// </summary>
internal sealed class MatchAddresses(GeocodingClient geocoding, TimeProvider clock)
{
    private const int BatchSize = 500;
    private const int AtOnce = 4;
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <returns>In the order of the rows.</returns>
    public async Task<IReadOnlyList<LocatedRow>> MatchAsync(
        IReadOnlyList<RegisterRow> rows, IReadOnlyList<string> municipalityCodes, CancellationToken cancellationToken)
    {
        var queries = rows.Where(IsAsked).Select(Query).Distinct().ToArray();
        var found = new AddressFacts?[queries.Length];
        await Parallel.ForEachAsync(queries.Chunk(BatchSize).Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (batch, token) =>
            (await AskAsync(batch.Item, municipalityCodes, token)).ToArray().CopyTo(found, batch.Index * BatchSize));
        var addresses = queries.Index().ToDictionary(query => query.Item, query => found[query.Index]);
        return [.. rows.Select(row => row switch
        {
            { IsProtected: true } => new LocatedRow(row, null),
            { Known: { } known } => Inside(row, known),
            { Municipality: { } code } when !municipalityCodes.Contains(code) => new LocatedRow(row, null, "outside-organisation"),
            _ when addresses[Query(row)] is { } facts => Inside(row, facts),
            _ => new LocatedRow(row, null, "no-certain-address"),
        })];

        bool IsAsked(RegisterRow row) => row is { IsProtected: false, Known: null } && (row.Municipality is null || municipalityCodes.Contains(row.Municipality));

        LocatedRow Inside(RegisterRow row, AddressFacts facts) =>
            municipalityCodes.Contains(facts.MunicipalityCode) ? new LocatedRow(row, facts) : new LocatedRow(row, null, "outside-organisation");
    }

    private static AddressQuery Query(RegisterRow row) => new(row.Street, row.Number, row.Postcode, row.Place);

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
