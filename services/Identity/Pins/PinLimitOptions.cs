namespace Ums.Identity.Pins;

/// <summary>How many PINs go where; section <c>Pins:Limits</c> of the configuration.</summary>
internal sealed class PinLimitOptions
{
    /// <summary>Sends to one number that one network may cause.</summary>
    public int AskerPer10Minutes { get; set; } = 3;

    public int AskerPerHour { get; set; } = 5;

    public int AskerPerDay { get; set; } = 10;

    /// <summary>So many times as much for a browser or network that has signed in with the number before.</summary>
    public int TrustedFactor { get; set; } = 6;

    /// <summary>All askers together may cause so many times as much. More than one, so that no single one can use up what the number's owner needs.</summary>
    public int NumberFactor { get; set; } = 2;

    /// <summary>Sends that one network may cause in all. Whole mobile operators stand behind a few addresses, so this is no small number.</summary>
    public int NetworkPer10Minutes { get; set; } = 60;

    public int NetworkPerHour { get; set; } = 200;

    public int NetworkPerDay { get; set; } = 600;

    /// <summary>Sends to unknown numbers in one block of a thousand: pumping goes through blocks that somebody rents.</summary>
    public int PrefixPerHour { get; set; } = 100;

    public int PrefixPerDay { get; set; } = 200;

    /// <summary>Sends to unknown numbers for one organisation.</summary>
    public int OrganisationPerDay { get; set; } = 5_000;

    /// <summary>Sends to unknown numbers in all: what a day of attack can cost at most.</summary>
    public int BudgetPerDay { get; set; } = 20_000;

    /// <summary>Requests without a solved captcha, from browsers without JavaScript, by network.</summary>
    public int NoScriptNetworkPerHour { get; set; } = 10;

    /// <summary>The same in all.</summary>
    public int NoScriptPerHour { get; set; } = 300;

    /// <summary>Wrong PINs an hour in all, after which nobody may skip the captcha.</summary>
    public int FailedChecksPerHour { get; set; } = 1_000;

    /// <summary>Wrong PINs an hour in all, after which new PINs have eight digits until the hour is over.</summary>
    public int LongPinsAfter { get; set; } = 10_000;

    /// <summary>Wrong PINs a day for one number, after which strangers to it get eight digits until the day is over.</summary>
    public int LongPinsForNumberAfter { get; set; } = 25;

    /// <summary>Wrong PINs in a row by one asker for one number; after them only the organisation itself can help.</summary>
    public int FailuresInARow { get; set; } = 100;
}
