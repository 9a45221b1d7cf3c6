using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Messaging;

public static class Inbox
{
    /// <summary>
    /// Runs <paramref name="work"/> once for <paramref name="messageId"/>, however often the message comes: the inbox row and the work's effects commit in one
    /// transaction of <paramref name="organisation"/>.
    /// </summary>
    /// <returns>False where the message had been handled before.</returns>
    public static Task<bool> OnceAsync(
        this UmsDbContext db, Guid organisation, string endpoint, Guid messageId, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(organisation, async token =>
        {
            var isNew = await db.Database.ExecuteSqlAsync(
                $"insert into inbox (endpoint, message_id) values ({endpoint}, {messageId}) on conflict do nothing", token) == 1;
            if (isNew)
            {
                await work(token);
            }
            return isNew;
        }, cancellationToken);
}
