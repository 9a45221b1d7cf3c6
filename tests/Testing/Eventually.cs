using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ums.Testing;

/// <summary>Waits on a condition, never for a time.</summary>
public static class Eventually
{
    /// <summary>Long, because machines are shared: who passes does not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns once the condition holds.</summary>
    public static Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? patience = null, [CallerArgumentExpression(nameof(condition))] string? text = null) =>
        GetAsync<object>(async () => await condition() ? new object() : null, patience, text);

    /// <summary>Returns once the condition holds.</summary>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? patience = null, [CallerArgumentExpression(nameof(condition))] string? text = null) =>
        TrueAsync(() => Task.FromResult(condition()), patience, text);

    /// <summary>Repeats an assertion until it passes, and lets its last failure through when the time is up.</summary>
    public static async Task PassesAsync(Func<Task> assertion, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < (patience ?? Patience))
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Returns what the function returns once that is not null.</summary>
    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> value, TimeSpan? patience = null, [CallerArgumentExpression(nameof(value))] string? text = null) where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await value() is { } found)
                return found;
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
                throw new TimeoutException($"Not so after {(patience ?? Patience).TotalSeconds} s: {text}");
            await Task.Delay(Pause);
        }
    }
}
