using System.ComponentModel.DataAnnotations;

namespace Ums.Notifier.Alerts;

/// <summary>What an organisation has decided about its alerts; where it has not, <see cref="AlertDefaults"/>.</summary>
internal sealed class AlertSettings
{
    public Guid OrganisationId { get; init; }

    /// <summary>Local time in Sweden; equal to <see cref="QuietTo"/> where no hours are quiet.</summary>
    public TimeOnly QuietFrom { get; set; }

    public TimeOnly QuietTo { get; set; }

    /// <summary>Days after an alert's end until its texts are removed.</summary>
    public int TextDays { get; set; }

    /// <summary>The same for its recipients; the counts stay.</summary>
    public int RecipientDays { get; set; }

    public CodeStyle CodeStyle { get; set; }

    /// <summary>Where a code is typed, in the organisation's own words; null for its portal.</summary>
    public string? CodePlace { get; set; }

    public int Version { get; set; } = 1;
}

/// <summary>Section <c>Alerts</c> of the configuration: what holds for an organisation that has decided nothing of its own.</summary>
internal sealed class AlertDefaults
{
    public const string Section = "Alerts";

    public TimeOnly QuietFrom { get; set; } = new(22, 0);

    public TimeOnly QuietTo { get; set; } = new(7, 0);

    [Range(1, 3650)]
    public int TextDays { get; set; } = 365;

    [Range(1, 3650)]
    public int RecipientDays { get; set; } = 30;

    /// <summary>How an alert's code stands in its SMS.</summary>
    public CodeStyle CodeStyle { get; set; } = CodeStyle.Place;

    /// <summary>How often alerts are looked after: started, held, ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan Glance { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Contacts is asked again for an audience of which nothing has come for this long.</summary>
    public TimeSpan AskAgain { get; set; } = TimeSpan.FromSeconds(30);

    public AlertSettings Of(Guid organisation) =>
        new() { OrganisationId = organisation, QuietFrom = QuietFrom, QuietTo = QuietTo, TextDays = TextDays, RecipientDays = RecipientDays, CodeStyle = CodeStyle, Version = 0 };
}
