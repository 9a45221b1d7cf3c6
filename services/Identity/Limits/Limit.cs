namespace Ums.Identity.Limits;

/// <param name="Name">What is counted, such as <c>network</c>.</param>
/// <param name="Value">Whose count it is; kept as a keyed hash only.</param>
/// <param name="Allowed">So many per <paramref name="Period"/>, which begins with the first.</param>
internal sealed record Limit(string Name, string Value, int Allowed, TimeSpan Period)
{
    /// <summary>Never reached: for what is only counted.</summary>
    public static Limit Count(string name, string value, TimeSpan period) => new(name, value, int.MaxValue, period);
}

/// <param name="Limit">The limit that was reached.</param>
/// <param name="FreeAt">When its next period begins.</param>
internal sealed record Refusal(Limit Limit, DateTimeOffset FreeAt);
