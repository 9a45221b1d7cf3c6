using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

/// <param name="Roles">In the session's organisation; none before one is chosen.</param>
internal sealed record OpenSession(OperatorSession Session, Operator Operator, Organisation? Organisation, string[] Roles);

/// <summary>The steps of a session's life. Each is one update whose row count is the verdict, so none is taken twice.</summary>
internal sealed class OperatorSessions(IdentityDb db, TimeProvider clock)
{
    /// <summary>The time of the last request is written at most this often.</summary>
    private static readonly TimeSpan Coarseness = TimeSpan.FromSeconds(30);

    /// <summary>Who this is has been proved. With one organisation there is nothing to choose.</summary>
    /// <param name="boundTo">The organisation whose own provider vouched.</param>
    /// <param name="signedInAt">When they proved it; just now where nothing is given.</param>
    /// <returns>The ticket.</returns>
    public Task<string> PrepareAsync(Operator person, Guid? boundTo, CancellationToken cancellationToken, DateTimeOffset? signedInAt = null) => db.AcrossOrganisationsAsync(async token =>
    {
        var own = await db.Memberships.Where(m => m.OperatorId == person.Id).Select(m => m.OrganisationId).Order().Take(2).ToListAsync(token);
        var (ticket, hash) = OneTimeToken.Make();
        var now = clock.GetUtcNow();
        db.OperatorSessions.Add(new OperatorSession
        {
            Id = Guid.CreateVersion7(),
            OperatorId = person.Id,
            OrganisationId = boundTo ?? (own.Count == 1 && !person.Staff ? own[0] : null),
            Bound = boundTo is not null,
            TicketHash = hash,
            CreatedAt = now,
            SignedInAt = signedInAt ?? now,
            SeenAt = now,
        });
        return ticket;
    }, cancellationToken);

    /// <summary>A ticket for the right to a code.</summary>
    public async Task<OperatorSession?> UseTicketAsync(string? ticket, CancellationToken cancellationToken)
    {
        if (OneTimeToken.Read(ticket) is not { } hash)
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var oldest = now - OperatorSession.TicketLifetime;
        var used = await db.OperatorSessions
            .Where(s => s.TicketHash == hash && s.TicketUsedAt == null && s.EndedAt == null && s.CreatedAt > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TicketUsedAt, now), cancellationToken);
        return used == 1 ? await db.OperatorSessions.AsNoTracking().SingleAsync(s => s.TicketHash == hash, cancellationToken) : null;
    }

    /// <summary>The code has been handed in. The second time it opens nothing, and what the first opened is closed: one of the two was not the gateway.</summary>
    public async Task<bool> StartAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var started = await db.OperatorSessions.Where(s => s.Id == id && s.TicketUsedAt != null && s.StartedAt == null && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, now).SetProperty(s => s.SeenAt, now), cancellationToken);
        if (started == 0)
        {
            await EndAsync(id, cancellationToken);
        }
        return started == 1;
    }

    /// <summary>Whether the session lives; if so, it counts as used just now.</summary>
    public async Task<bool> TouchAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await Alive(now).Where(s => s.Id == id).Select(s => (DateTimeOffset?)s.SeenAt).SingleOrDefaultAsync(cancellationToken) is not { } seen)
        {
            return false;
        }
        if (seen < now - Coarseness)
        {
            await db.OperatorSessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), cancellationToken);
        }
        return true;
    }

    /// <summary>All that a token says, as it is now.</summary>
    public Task<OpenSession?> FindAsync(Guid id, CancellationToken cancellationToken) => db.AcrossOrganisationsAsync(async token =>
    {
        if (await Alive(clock.GetUtcNow()).SingleOrDefaultAsync(s => s.Id == id, token) is not { } session)
        {
            return null;
        }
        var person = await db.Operators.AsNoTracking().SingleAsync(o => o.Id == session.OperatorId, token);
        var organisation = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == session.OrganisationId, token);
        var membership = await db.Memberships.AsNoTracking()
            .SingleOrDefaultAsync(m => m.OperatorId == person.Id && m.OrganisationId == session.OrganisationId, token);
        string[] roles = organisation is null ? [] : membership?.Roles ?? (person.Staff ? [.. Roles.OfStaff] : []);
        return new OpenSession(session, person, organisation, roles);
    }, cancellationToken);

    public Task EndAsync(Guid id, CancellationToken cancellationToken) => EndAsync(db.OperatorSessions.Where(s => s.Id == id), cancellationToken);

    /// <summary>What somebody may do in the organisation has changed: their next request asks them to sign in again.</summary>
    public Task EndInAsync(Guid organisation, Guid person, CancellationToken cancellationToken) =>
        EndAsync(db.OperatorSessions.Where(s => s.OperatorId == person && s.OrganisationId == organisation), cancellationToken);

    public Task ProvedAgainAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Alive(now).Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SignedInAt, now), cancellationToken);
    }

    private Task<int> EndAsync(IQueryable<OperatorSession> which, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return which.Where(s => s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), cancellationToken);
    }

    private IQueryable<OperatorSession> Alive(DateTimeOffset now)
    {
        var (idle, longest) = (now - OperatorSession.Idle, now - OperatorSession.Longest);
        return db.OperatorSessions.AsNoTracking().Where(s => s.StartedAt != null && s.EndedAt == null && s.SeenAt > idle && s.CreatedAt > longest);
    }
}
