namespace Ums.Notifier.Providers;

/// <summary>A piece of what is written or said.</summary>
/// <param name="PauseAfter">Silence after it in a call; without meaning in an SMS.</param>
/// <param name="Language">Of the voice where it is not the message's.</param>
internal readonly record struct Phrase(string Text, TimeSpan PauseAfter = default, string? Language = null)
{
    public override string ToString() => nameof(Phrase);
}

/// <summary>One message as a provider is given it.</summary>
/// <param name="AttemptId">Ours, new for each call to a provider.</param>
/// <param name="To">E.164.</param>
/// <param name="From">The sender's name of an SMS, or the number that a call shows; empty where the provider's own will do.</param>
/// <param name="Language">Of the voice, such as <c>sv</c>.</param>
/// <param name="Content">One phrase for an SMS.</param>
/// <param name="ReceiptAddress">Where the provider tells what became of it.</param>
/// <param name="ExpiresAt">It is worthless from then on: a provider that can be told so, is.</param>
/// <param name="Acknowledge">A call asks at its end that a key be pressed.</param>
internal sealed record OutboundMessage(
    Guid AttemptId, Channel Channel, string To, string From, string Language, IReadOnlyList<Phrase> Content, Uri ReceiptAddress, DateTimeOffset ExpiresAt,
    bool Acknowledge = false)
{
    public string Text => string.Join(' ', Content.Select(phrase => phrase.Text));

    /// <summary>Tells no number and no text: both may be secret.</summary>
    public override string ToString() => $"{nameof(OutboundMessage)} {AttemptId}";
}
