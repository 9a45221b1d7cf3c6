namespace Ums.Gateway;

/// <summary>The settings under <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    /// <summary>Where the world reaches us, such as https://www.servicevarning.se/. Decides which Host headers are answered and whose forms are accepted.</summary>
    public Uri PublicUrl { get; set; } = null!;

    /// <summary>More host names to answer, separated by semicolons: what a cluster's probes call.</summary>
    public string AlsoKnownAs { get; set; } = "";

    /// <summary>Addresses of the proxies before us whose X-Forwarded-For and -Proto are believed, separated by semicolons. None means that we are the edge.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>Requests for pages per client address and minute; a mobile operator's customers share addresses.</summary>
    public int PagesPerMinute { get; set; } = 1200;

    /// <summary>API calls per client address and minute.</summary>
    public int CallsPerMinute { get; set; } = 1200;

    /// <summary>Attempts to ask for a PIN or to trade one for a token, per client address and minute; Identity counts more finely.</summary>
    public int SignInsPerMinute { get; set; } = 120;

    /// <summary>Map tiles per client address and minute.</summary>
    public int TilesPerMinute { get; set; } = 6000;

    /// <summary>Files of addresses sent in, per client address and minute; each may be hundreds of megabytes.</summary>
    public int ImportsPerMinute { get; set; } = 6;

    /// <summary>Wrong codes of alerts typed, and codes asked for by programs, per client address and minute: so that nobody walks through them.</summary>
    public int CodesPerMinute { get; set; } = 30;

    /// <summary>How many sign-in attempts are let through at the same time; the rest are told to come back, none waits.</summary>
    public int SignInsAtOnce { get; set; } = 200;
}

internal static class GatewaySettings
{
    /// <exception cref="InvalidOperationException">The public address is missing.</exception>
    public static GatewayOptions GatewayOptions(this IHostApplicationBuilder builder) =>
        builder.Configuration.GetSection("Gateway").Get<GatewayOptions>() is { PublicUrl.IsAbsoluteUri: true } options
            ? options
            : throw new InvalidOperationException("Gateway:PublicUrl is not set: give the address under which the world reaches the portal.");
}
