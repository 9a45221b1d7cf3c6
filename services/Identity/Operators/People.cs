using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Operators;

/// <summary>Operators' names and addresses, which stand sealed in the database and are found by a keyed hash.</summary>
internal sealed class People(PersonalData personal)
{
    public const int LongestEmail = 254;
    public const int LongestName = 100;

    /// <returns>In lower case; null for what is no address.</returns>
    public static string? ReadEmail(string? typed)
    {
        var email = typed?.Trim().Normalize().ToLowerInvariant();
        return email is { Length: > 2 and <= LongestEmail } && !email.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            && MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Contains('.', StringComparison.Ordinal) ? email : null;
    }

    /// <returns>Null for none, or one that is no name.</returns>
    public static string? ReadName(string? typed)
    {
        var name = typed?.Trim().Normalize();
        return name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) ? name : null;
    }

    public byte[] Index(string email) => personal.Index(Guid.Empty, $"operator|{email}");

    public byte[] Seal(string text) => personal.Seal(Guid.Empty, text);

    public byte[] Seal(byte[] secret) => personal.Seal(Guid.Empty, Convert.ToBase64String(secret));

    public string Open(byte[] sealedText) => personal.Open(Guid.Empty, sealedText);

    public byte[] OpenBytes(byte[] sealedSecret) => Convert.FromBase64String(Open(sealedSecret));

    public Task<Operator?> FindAsync(IdentityDb db, string email, CancellationToken cancellationToken)
    {
        var index = Index(email);
        return db.Operators.AsNoTracking().SingleOrDefaultAsync(person => person.EmailIndex == index, cancellationToken);
    }
}
