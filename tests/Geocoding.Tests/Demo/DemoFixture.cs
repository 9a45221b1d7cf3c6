namespace Ums.Geocoding.Tests.Demo;

/// <summary>A Geocoding that fills itself with the demo towns at its first start.</summary>
public sealed class DemoFixture : GeocodingFixture
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Demo:Enabled"] = "true";

    protected override Task LoadAsync() => Task.CompletedTask;
}
