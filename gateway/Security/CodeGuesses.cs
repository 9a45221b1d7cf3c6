namespace Ums.Gateway.Security;

/// <summary>
/// Counts the wrong codes that come from a client address in a minute, so that nobody walks through them. Right ones cost nothing: after an alert a whole town
/// types the same code, and shares the addresses of a few mobile operators.
/// </summary>
internal sealed class CodeGuesses(int perMinute, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> tries = [];
    private long minute;

    /// <summary>Counts a try before it is made, so that many at once get no further than one after another.</summary>
    /// <returns>False where there have been too many.</returns>
    public bool TryBegin(string client)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (gate)
        {
            if (minute != now)
            {
                minute = now;
                tries.Clear();
            }
            var made = tries.GetValueOrDefault(client);
            tries[client] = Math.Min(made + 1, perMinute);
            return made < perMinute;
        }
    }

    /// <summary>It was right after all.</summary>
    public void TakeBack(string client)
    {
        lock (gate)
        {
            if (tries.TryGetValue(client, out var made) && made > 0)
            {
                tries[client] = made - 1;
            }
        }
    }
}
