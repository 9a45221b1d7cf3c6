using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Smpp;

// Ums.ProviderDoubles 46elks --port 4600 --ledger accepted.ndjson --receipts sent,delivered
if (DoubleOptions.TryParse(args, out var options, out var wrong))
{
    if (!options.IsHttp)
    {
        await using var centre = await SmppDouble.StartAsync(options);
        Console.WriteLine($"Ready: smpp://127.0.0.1:{centre.Port} {centre.ControlAddress}");
        await centre.Stopped;
        return 0;
    }
    await using var server = await ProviderDouble.StartAsync(options);
    Console.WriteLine($"Ready: {server.Address}");
    await server.Stopped;
    return 0;
}
Console.Error.WriteLine(wrong);
Console.Error.WriteLine(DoubleOptions.Usage);
return 2;

/// <summary>Its own, so that a test's <c>Program</c> is a service's.</summary>
internal sealed partial class Program;
