using System.Globalization;
using Ums.ProviderDoubles.Wires;

namespace Ums.ProviderDoubles;

/// <summary>How a double is set up when it starts; its faults can be changed while it runs.</summary>
public sealed record DoubleOptions(Wire? Wire)
{
    public const string Usage = """
        Usage: Ums.ProviderDoubles PROVIDER --port N [options]
          PROVIDER               46elks, twilio, sinch or smpp
          --port N               on the loopback address; 0 takes a free one
          --control-port N       where smpp answers about itself over HTTP
          --ledger FILE          appends each accepted message as a line of JSON
          --receipts STATES      what is reported of each message, such as delivered or sent,delivered; off for nothing
          --receipt-delay MS     from the acceptance to the first report
          --receipt-rate N       reports a second at most; 0 for as many as are taken
          --events URL           where the events of Sinch's calls go
          --callbacks URL        takes the place of scheme, host and port of the callback addresses
        """;

    /// <summary>False for SMPP, which is no wire of HTTP.</summary>
    public bool IsHttp => Wire is not null;

    public int Port { get; init; }

    /// <summary>Where an SMPP double answers about itself over HTTP.</summary>
    public int ControlPort { get; init; }

    public string? LedgerFile { get; init; }

    /// <summary>What is reported of each message, in this order.</summary>
    public IReadOnlyList<string> Receipts { get; init; } = [];

    public TimeSpan ReceiptDelay { get; init; }

    /// <summary>Reports a second at most; 0 for as many as are taken.</summary>
    public int ReceiptRate { get; init; }

    /// <summary>Where the reports go instead of the scheme, host and port that their addresses name: past a gateway, for one.</summary>
    public Uri? Callbacks { get; init; }

    /// <summary>Keeps every request's body beside the ledger, for tests that look at a single field.</summary>
    public bool KeepsRequests { get; init; }

    public static bool TryParse(string[] args, out DoubleOptions options, out string wrong)
    {
        options = new DoubleOptions(new FortySixElksWire());
        wrong = "Name a provider.";
        if (args.Length == 0 || (Wires.Wire.Named(args[0]) is null && args[0] != "smpp"))
        {
            return false;
        }
        options = new DoubleOptions(Wires.Wire.Named(args[0])) { Receipts = ["delivered"] };
        for (var i = 1; i < args.Length; i += 2)
        {
            wrong = $"Not understood: {args[i]} {args.ElementAtOrDefault(i + 1)}";
            if (i + 1 == args.Length || options.With(args[i], args[i + 1]) is not { } changed)
            {
                return false;
            }
            options = changed;
        }
        return true;
    }

    private DoubleOptions? With(string name, string value) => name switch
    {
        "--ledger" => this with { LedgerFile = value },
        "--receipts" => value == "off" ? this with { Receipts = [] } : value.Split(',') is var states && states.All(Wires.Wire.States.Contains) ? this with { Receipts = states } : null,
        "--port" when Number(value) is { } port => this with { Port = port },
        "--control-port" when !IsHttp && Number(value) is { } port => this with { ControlPort = port },
        "--receipt-delay" when Number(value) is { } delay => this with { ReceiptDelay = TimeSpan.FromMilliseconds(delay) },
        "--receipt-rate" when Number(value) is { } rate => this with { ReceiptRate = rate },
        "--events" when Wire is SinchWire && Uri.TryCreate(value, UriKind.Absolute, out _) => this with { Wire = new SinchWire { EventsAddress = value } },
        "--callbacks" when Uri.TryCreate(value, UriKind.Absolute, out var address) => this with { Callbacks = address },
        _ => null,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
