using Ums.ProviderDoubles;

// Ums.ProviderDoubles 46elks --port 4600 [--ledger FILE] [--receipts delivered|sent,delivered|failed|off] [--receipt-delay MS] [--receipt-rate N] [--callbacks URL]
if (DoubleOptions.TryParse(args, out var options, out var wrong))
{
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
