using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Messaging;

namespace Ums.ServiceDefaults.Database;

/// <summary>
/// The base of every service's context. Rows are reached inside <see cref="InOrganisationAsync{T}"/>, which opens a transaction, tells PostgreSQL the tenant
/// for row-level security, and commits when the work returns. Entities filter on <see cref="Organisation"/> as the first lock.
/// </summary>
public abstract class UmsDbContext(DbContextOptions options) : DbContext(options)
{
    private readonly HashSet<OutboxLane> published = [];

    /// <summary>The tenant of the work under way; <see cref="Guid.Empty"/>, which no row has, outside of it.</summary>
    public Guid Organisation { get; private set; }

    /// <summary>True inside <see cref="AcrossOrganisationsAsync{T}"/>.</summary>
    public bool Everywhere { get; private set; }

    /// <summary>Runs <paramref name="work"/> in one transaction that sees and writes this organisation's rows only. A passing fault of the database repeats the
    /// whole, so <paramref name="work"/> has no effects outside the context.</summary>
    public Task<T> InOrganisationAsync<T>(Guid organisation, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        InTransactionAsync(organisation, everywhere: false, work, cancellationToken);

    /// <inheritdoc cref="InOrganisationAsync{T}"/>
    public Task InOrganisationAsync(Guid organisation, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        InTransactionAsync<object?>(organisation, everywhere: false, async token => { await work(token); return null; }, cancellationToken);

    /// <summary>The same over all organisations: for sweepers, imports, and sign-in before the organisation is known.</summary>
    public Task<T> AcrossOrganisationsAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        InTransactionAsync(Guid.Empty, everywhere: true, work, cancellationToken);

    /// <summary>Adds <paramref name="message"/> to the outbox: it leaves when, and only when, the surrounding transaction commits.</summary>
    /// <returns>The message id under which receivers recognise repeats.</returns>
    public Guid Publish<T>(T message) where T : class
    {
        var row = OutboxMessage.Of(message, Organisation == Guid.Empty ? null : Organisation);
        Set<OutboxMessage>().Add(row);
        published.Add(row.Urgent ? OutboxLane.Urgent : OutboxLane.Ordinary);
        return row.MessageId;
    }

    /// <summary>The lanes that the transaction just committed has written to.</summary>
    internal IReadOnlyCollection<OutboxLane> TakePublished()
    {
        OutboxLane[] lanes = [.. published];
        published.Clear();
        return lanes;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<OutboxMessage>(OutboxMessage.Map);

    private Task<T> InTransactionAsync<T>(Guid organisation, bool everywhere, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            ChangeTracker.Clear();
            published.Clear();
            await using var transaction = await Database.BeginTransactionAsync(token);
            var tenant = everywhere ? "all" : organisation.ToString();
            await Database.ExecuteSqlAsync($"select set_config('ums.organisation', {tenant}, true)", token);
            (Organisation, Everywhere) = (organisation, everywhere);
            try
            {
                var result = await work(token);
                await SaveChangesAsync(token);
                await transaction.CommitAsync(token);
                return result;
            }
            finally
            {
                (Organisation, Everywhere) = (Guid.Empty, false);
            }
        }, cancellationToken);
}
