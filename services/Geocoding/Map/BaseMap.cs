using Microsoft.Extensions.Options;

namespace Ums.Geocoding.Map;

/// <summary>The base map as it is configured. One that cannot be used is told of once, and the map is drawn without it.</summary>
internal sealed partial class BaseMap
{
    public BaseMap(IOptions<MapOptions> options, IConfiguration configuration, ILogger<BaseMap> log)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Base))
        {
            return;
        }

        var given = options.Value.Base.Trim();
        if (given.Contains("://", StringComparison.Ordinal))
        {
            Address = Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address.AbsoluteUri : null;
            if (Address is null)
            {
                NotUsed(log, given, "an address must be a whole one and begin with https://");
            }
        }
        else if (PmtilesFile.Fault(given) is { } fault)
        {
            NotUsed(log, given, fault);
        }
        else
        {
            File = Path.GetFullPath(given);
            Address = configuration["Tokens:Issuer"]!.TrimEnd('/') + "/api/map/base.pmtiles";
        }
    }

    /// <summary>Where browsers find it; null where there is none.</summary>
    public string? Address { get; }

    /// <summary>The file, where we serve it ourselves.</summary>
    public string? File { get; }

    [LoggerMessage(1, LogLevel.Error, "Map:Base is {Base}, which cannot be used, so the map is drawn without it: {Fault}")]
    private static partial void NotUsed(ILogger logger, string @base, string fault);
}
