namespace Ums.Faults;

/// <summary>A few of the faults, during small alerts. All of them, during large ones: <c>dotnet run -c Release --project tests/Faults</c>.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const int Recipients = 2000;
    private FaultWorld? world;

    public async Task InitializeAsync() => world = await FaultWorld.StartAsync(Recipients, latency: 100);

    public async Task DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }

    [Fact]
    public async Task whatever_dies_during_an_alert_nobody_is_lost_and_nothing_is_counted_wrongly()
    {
        var seed = Random.Shared.Next();
        foreach (var name in FaultList.Selection)
        {
            var fault = FaultList.All.Single(fault => fault.Name == name);
            var verdict = await world!.DriveAsync(fault, Recipients, new Random(seed));
            Assert.True(verdict.Broken.Count == 0, $"{name}, seed {seed}: {string.Join("; ", verdict.Broken)}");
        }
        Assert.Empty(await world!.AuditFaultsAsync());
    }
}
