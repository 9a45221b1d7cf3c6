using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Records;

/// <summary>Why an operator does what needs a reason. It stands in the audit as they wrote it.</summary>
internal static class Reason
{
    public const int Shortest = 5;
    public const int Longest = 300;

    public static (string? Value, ProblemHttpResult? Refusal) Required(string? text) =>
        string.IsNullOrWhiteSpace(text) ? (null, Problems.Invalid("reason", "required")) : Optional(text);

    public static (string? Value, ProblemHttpResult? Refusal) Optional(string? text) => text?.Trim() switch
    {
        null or "" => (null, null),
        { Length: < Shortest } => (null, Problems.Invalid("reason", "too-short")),
        { Length: > Longest } => (null, Problems.Invalid("reason", "too-long")),
        // Lone halves of a surrogate pair cannot be stored; line breaks have no place in a line of the audit.
        var reason when reason.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar || System.Text.Rune.IsControl(rune)) =>
            (null, Problems.Invalid("reason", "bad-characters")),
        var reason => (reason, null),
    };
}
