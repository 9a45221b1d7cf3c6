using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ums.Identity.Operators;

/// <summary>
/// Where there is no operator at all, a link for the first one: UMS's own, who then invites the others. No password is ever made up. Each start without an
/// operator makes a new link and takes the old one back, so that a link that was lost is no dead end.
/// </summary>
internal sealed class FirstAdministrator(IServiceScopeFactory scopes, IOptions<OperatorOptions> options) : IHostedService
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long LockKey = 0x6669727374;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var link = await db.AcrossOrganisationsAsync(async token =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", token);
            if (await db.Operators.AnyAsync(token))
            {
                return null;
            }
            await db.Invitations.Where(i => i.EmailIndex == null).ExecuteDeleteAsync(token);
            return scope.ServiceProvider.GetRequiredService<Invitations>().Add(organisation: null, email: null, name: null, roles: []).Link;
        }, cancellationToken);
        await TellAsync(link, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Never through the log, which may be sent to where more people read it.</summary>
    private async Task TellAsync(string? link, CancellationToken cancellationToken)
    {
        if (options.Value.FirstLinkFile is not { Length: > 0 } file)
        {
            if (link is not null)
            {
                await Console.Out.WriteLineAsync($"The first administrator opens {link}");
            }
            return;
        }
        File.Delete(file);
        if (link is null)
        {
            return;
        }
        var ownerOnly = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        await using var writer = new StreamWriter(file, ownerOnly);
        await writer.WriteLineAsync(link.AsMemory(), cancellationToken);
    }
}
