using System.Diagnostics;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;

namespace Ums.Contacts.RegisterImport;

/// <summary>
/// Takes an organisation's register in: rows are screened, matched to addresses, sealed and staged by the thousand, then merged in one transaction.
/// The same register twice changes nothing, and any number of replicas may try at once.
/// </summary>
internal sealed partial class ImportRegister(
    ContactsDb db, MatchAddresses addresses, SealRows seal, MergeRegister merge, TimeProvider clock, ILogger<ImportRegister> log)
{
    private const int ChunkSize = 1000;

    /// <param name="register">Which register it is, such as <c>demo</c>.</param>
    /// <param name="complete">Whether everyone in the register is there, so that who is missing has left it.</param>
    public async Task<ImportOutcome> RunAsync(
        Organisation organisation, string register, bool complete, IAsyncEnumerable<RegisterRow> rows, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var import = new Import(Guid.CreateVersion7(), organisation.Id, register, complete, clock.GetUtcNow());
        var (read, refused) = (0, 0);
        await foreach (var chunk in rows.Chunk(ChunkSize).WithCancellation(cancellationToken))
        {
            var screened = chunk.Where(ScreenRow.IsUsable).ToList();
            var located = await addresses.MatchAsync(screened, organisation.MunicipalityCodes, cancellationToken);
            var people = seal.Seal(organisation.Id, located);
            await db.InOrganisationAsync(organisation.Id, token => StageRows.AddAsync(db, import, people, token), cancellationToken);
            read += chunk.Length;
            refused += chunk.Length - located.Count(row => row.Address is not null);
            Read(log, organisation.Slug, read, refused);
        }
        var outcome = await db.InOrganisationAsync(organisation.Id, token => merge.RunAsync(db, import, refused, token), cancellationToken);
        Done(log, organisation.Slug, outcome.Added, outcome.Changed, outcome.Gone, outcome.Refused, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return outcome;
    }

    [LoggerMessage(1, LogLevel.Information, "Register of {Organisation}: {Read} rows read, {Refused} refused")]
    private static partial void Read(ILogger logger, string organisation, int read, int refused);

    [LoggerMessage(2, LogLevel.Information, "Register of {Organisation}: {Added} added, {Changed} changed, {Gone} gone, {Refused} refused in {Milliseconds} ms")]
    private static partial void Done(ILogger logger, string organisation, int added, int changed, int gone, int refused, int milliseconds);
}

/// <summary>One run.</summary>
/// <param name="Upload">The upload that can be rolled back to before it; null where there is none.</param>
internal sealed record Import(Guid Id, Guid Organisation, string Register, bool Complete, DateTimeOffset StartedAt, Guid? Upload = null);
