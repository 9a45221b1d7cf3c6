using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Ums.Identity.Operators;

/// <summary>Operators as Identity's passkey handler looks them up. It reads only; what it finds is written by the use cases.</summary>
internal sealed class PasskeyUsers(IdentityDb db) : IUserPasskeyStore<Operator>
{
    public Task<string> GetUserIdAsync(Operator user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Operator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id.ToString());

    public async Task<Operator?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await db.Operators.AsNoTracking().SingleOrDefaultAsync(person => person.Id == id, cancellationToken) : null;

    public async Task<Operator?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.Where(key => key.CredentialId == credentialId).Select(key => (Guid?)key.OperatorId).SingleOrDefaultAsync(cancellationToken) is { } id
            ? await FindByIdAsync(id.ToString(), cancellationToken) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Operator user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(key => key.OperatorId == user.Id).ToListAsync(cancellationToken)).Select(key => key.Info())];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Operator user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.Passkeys.AsNoTracking().SingleOrDefaultAsync(key => key.OperatorId == user.Id && key.CredentialId == credentialId, cancellationToken))?.Info();

    public void Dispose()
    {
    }

    public Task AddOrUpdatePasskeyAsync(Operator user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(Operator user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(Operator user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(Operator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Operator user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(Operator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Operator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Operator user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Operator?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();
}
