using System.ComponentModel.DataAnnotations;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Dispatch;

/// <summary>Section <c>Dispatch</c> of the configuration: how alerts are handed over.</summary>
internal sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>Recipients claimed together: what a crash at the worst moment can leave in doubt, for each dispatcher.</summary>
    public const int Window = WriteRecipients.SliceSize;

    /// <summary>Dispatchers for each channel, in every replica. More of them reach further into a slow provider; each holds <see cref="Window"/> calls at most.</summary>
    [Range(1, 64)]
    public int Dispatchers { get; set; } = 6;

    /// <summary>How often idle dispatchers look for work that nobody has announced, and everyone for alerts that were stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:01")]
    public TimeSpan Glance { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a receipt may still tell what became of an attempt with an unknown outcome, before the recipient is sent the message once more.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>Who was paused for longer between claim and call does not call any more. Well below the 30 seconds after which a claim is taken away.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:15")]
    public TimeSpan Freshness { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often claims past their deadline are looked for.</summary>
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(5);
}
