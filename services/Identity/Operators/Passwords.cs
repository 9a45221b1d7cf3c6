using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ums.Identity.Operators;

/// <summary>What a password must be, and how it is kept: ASP.NET Core Identity's hasher, with more rounds.</summary>
internal sealed class Passwords(IOptions<OperatorOptions> options)
{
    public const int Shortest = 12;
    public const int Longest = 200;

    private readonly PasswordHasher<Operator> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordWork }));
    private string? nobodys;

    /// <returns>Null where it will do; otherwise what is wrong, in a word.</returns>
    public static string? Fault(string? password, string email) => password switch
    {
        null or { Length: < Shortest } => "too-short",
        { Length: > Longest } => "too-long",
        _ when password.Distinct().Count() < 5 => "too-simple",
        _ when password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) && email.Split('@')[0].Length > 3 => "contains-email",
        _ => null,
    };

    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>Takes the same time for somebody without a password, or nobody at all.</summary>
    public bool Matches(Operator? person, string password)
    {
        var hash = person?.PasswordHash ?? (nobodys ??= Hash(Guid.NewGuid().ToString()));
        var matches = hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;
        return matches && person?.PasswordHash is not null;
    }
}
