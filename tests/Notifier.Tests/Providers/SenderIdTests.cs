using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Providers;

public class SenderIdTests
{
    [Theory]
    [InlineData("Piteå", "Pitea")]
    [InlineData("PITEÅ", "PITEA")]
    [InlineData("Østre Toten", "OstreToten")]
    [InlineData("Đđŧž", "Ddtz")]
    [InlineData("Göteborgs Stad", "GoteborgsSt")]
    [InlineData("  Luleå  ", "Lulea")]
    [InlineData("112 Larm", "Larm")]
    [InlineData("+46846500400", "+46846500400")]
    [InlineData("+0046", "UMS")]
    [InlineData("+46 8 465 004 00", "UMS")]
    [InlineData("Kalix\r\nto=+46701740605", "Kalixto4670")]
    [InlineData("水道局", "UMS")]
    [InlineData("😀", "UMS")]
    [InlineData("", "UMS")]
    public void a_name_becomes_what_a_telephone_can_show(string name, string id) => Assert.Equal(id, SenderId.Of(name, "UMS"));
}
