using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Identity.Askers;
using Ums.Identity.Limits;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Operators;

/// <summary>
/// Slows down who guesses, and nobody else: tries are counted for the account and the asker, who is a browser that has signed in to the account before, or else
/// a network. However often a stranger fails, the operator's own browser is not stopped. See docs/decisions/013-operators.md.
/// </summary>
internal sealed class SignInGuard(SharedLimits limits, PersonalData personal, NpgsqlDataSource source, IOptions<OperatorOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly OperatorOptions rates = options.Value;

    /// <summary>Before anything is compared, so that tries at the same time cannot pass together.</summary>
    public async Task<Refusal?> TakeAsync(string account, Asker asker, CancellationToken cancellationToken)
    {
        var known = await KnowsAsync(account, asker, cancellationToken);
        var whose = Whose(account, asker, known);
        return await limits.TakeAsync(
            [
                new Limit("operator", whose, rates.TriesPer10Minutes, Counters.TenMinutes),
                new Limit("operator", whose, rates.TriesPerHour, Hour),
                new Limit("operator", whose, rates.TriesPerDay, Day),
                .. known ? Array.Empty<Limit>() : [new Limit("operator-network", asker.Network, rates.NetworkTriesPer10Minutes, Counters.TenMinutes)],
            ], cancellationToken);
    }

    /// <summary>A code is to be compared after the password was right. Strangers together have few such tries.</summary>
    public async Task<bool> MayTryCodeAsync(string account, Asker asker, CancellationToken cancellationToken) =>
        await KnowsAsync(account, asker, cancellationToken)
        || await limits.TakeAsync([new Limit("operator-codes", account, rates.StrangersCodesPerDay, Day)], cancellationToken) is null;

    /// <summary>The browser is known to the account from now on, and its failures are forgotten.</summary>
    public async Task SucceededAsync(IdentityDb db, string account, Asker asker, CancellationToken cancellationToken)
    {
        foreach (var whose in (string[])[Whose(account, asker, known: true), Whose(account, asker, known: false)])
        {
            await limits.ForgetAsync(new Limit("operator", whose, rates.TriesPer10Minutes, Counters.TenMinutes), cancellationToken);
            await limits.ForgetAsync(new Limit("operator", whose, rates.TriesPerHour, Hour), cancellationToken);
        }
        await db.Database.ExecuteSqlAsync($"""
            insert into trust (key, seen_at) values ({KeyOf(account, asker)}, {clock.GetUtcNow()}) on conflict (key) do update set seen_at = excluded.seen_at
            """, cancellationToken);
    }

    private async Task<bool> KnowsAsync(string account, Asker asker, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select 1 from trust where key = $1");
        command.Parameters.Add(new() { Value = KeyOf(account, asker) });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static string Whose(string account, Asker asker, bool known) => $"{account}|{(known ? Convert.ToHexString(asker.Browser) : asker.Network)}";

    private byte[] KeyOf(string account, Asker asker) => personal.Index(Guid.Empty, $"operator-trust|{account}|{Convert.ToHexString(asker.Browser)}");
}
