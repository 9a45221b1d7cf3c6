using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Ums.EndToEnd;

/// <summary>The telephone double as a newcomer meets it: what each number got, read over HTTP.</summary>
internal sealed partial class Phone(HttpClient gateway, string number)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What the phone has now; give it to <see cref="NextPinAsync"/> so that an earlier PIN is not taken for the new one.</summary>
    public async Task<IReadOnlyList<Message>> MessagesAsync()
    {
        using var response = await gateway.GetAsync(new Uri($"dev/phone/{Uri.EscapeDataString(number)}", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? [] : await response.Content.ReadFromJsonAsync<List<Message>>() ?? [];
    }

    /// <summary>Waits for a message that was not there before and reads its PIN.</summary>
    public async Task<Pin> NextPinAsync(IReadOnlyList<Message> before)
    {
        var known = before.Select(m => m.Id).ToHashSet();
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            if ((await MessagesAsync()).FirstOrDefault(m => !known.Contains(m.Id)) is { } message)
            {
                return new Pin(Digits(message.Text), message.Channel);
            }
        }
        throw new InvalidOperationException("unreachable");
    }

    /// <summary>The first six digits, also where they are spoken one by one.</summary>
    private static string Digits(string text) => string.Concat(SixDigits().Match(text).Value.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"\d(?:[\s,.…]*\d){5}")]
    private static partial Regex SixDigits();

    internal sealed record Message(Guid Id, string Channel, string Text, DateTimeOffset CreatedAt);

    internal sealed record Pin(string Digits, string Channel);
}
