using Microsoft.Extensions.Options;
using Ums.Identity.Captcha;

namespace Ums.Identity.Tests.Captcha;

public sealed class RiskTests
{
    private readonly CaptchaRisk risk = new(Options.Create(new CaptchaOptions()));

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(19, 999, 1)]
    [InlineData(20, 0, 2)]
    [InlineData(40, 0, 4)]
    [InlineData(0, 1_000, 4)]
    [InlineData(20, 1_000, 8)]
    [InlineData(0, 10_000, 16)]
    [InlineData(100_000, 1_000_000, 16)]
    public void the_work_grows_with_what_a_network_asks_for_and_while_pins_are_being_guessed(int askedByNetwork, int failedChecks, int factor) =>
        Assert.Equal(factor, risk.Factor([askedByNetwork, failedChecks]));
}
