using System.Text;

namespace Ums.Notifier.Providers;

/// <summary>Who an SMS is from, as every provider takes it: up to eleven letters and digits of which the first is a letter, or a number in E.164.</summary>
internal static class SenderId
{
    private const int Longest = 11;

    // An SMS whose sender is refused reaches nobody, so a letter that is unsafe there gives way to the one that people read in its place.
    private const string Unsafe = "åäáàâãöóòôõøéèêëüúùûíìîïñŋčçšžđŧ";
    private const string Safe = "aaaaaaooooooeeeeuuuuiiiinnccszdt";

    /// <param name="otherwise">Where nothing of the name can be shown.</param>
    public static string Of(string name, string otherwise)
    {
        if (IsNumber(name))
        {
            return name;
        }
        var id = new StringBuilder(Longest);
        foreach (var letter in name.Select(Plain).Where(char.IsAsciiLetterOrDigit).SkipWhile(char.IsAsciiDigit).Take(Longest))
        {
            id.Append(letter);
        }
        return id.Length > 0 ? id.ToString() : otherwise;
    }

    /// <summary>What is wrong with an account's own sender and number to call from, the latter empty where it has none.</summary>
    public static string? Wrong(string sender, string callerId) =>
        Of(sender, "") != sender || sender.Length == 0
            ? "Sender is not one that a telephone can show: give up to eleven letters and digits, the first a letter, or a number such as +46701740605."
            : callerId.Length > 0 && !IsNumber(callerId) ? "CallerId is not a number such as +46846500400." : null;

    /// <summary>Whether it is a number in E.164.</summary>
    public static bool IsNumber(string name) =>
        name.Length is >= 8 and <= 16 && name[0] == '+' && name[1] is >= '1' and <= '9' && name.Skip(1).All(char.IsAsciiDigit);

    private static char Plain(char letter)
    {
        var at = Unsafe.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return at < 0 ? letter : char.IsUpper(letter) ? char.ToUpperInvariant(Safe[at]) : Safe[at];
    }
}
