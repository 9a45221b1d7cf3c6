namespace Ums.Identity.Operators;

/// <summary>The settings under <c>Operators</c>.</summary>
internal sealed class OperatorOptions
{
    /// <summary>Rounds of PBKDF2 with SHA-512 for a password.</summary>
    public int PasswordWork { get; set; } = 210_000;

    /// <summary>How long an invitation is good.</summary>
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A file for the first administrator's link, which its owner alone can read; without one the link is written to the console.</summary>
    public string? FirstLinkFile { get; set; }

    /// <summary>Tries from one browser or network for one account: in ten minutes, an hour, a day.</summary>
    public int TriesPer10Minutes { get; set; } = 5;

    public int TriesPerHour { get; set; } = 20;

    public int TriesPerDay { get; set; } = 50;

    /// <summary>Tries from one network for any account, in ten minutes.</summary>
    public int NetworkTriesPer10Minutes { get; set; } = 100;

    /// <summary>Wrong codes after a right password from strangers together, in a day: who reaches this knows the password, and gets no more guesses at the code.</summary>
    public int StrangersCodesPerDay { get; set; } = 20;
}
