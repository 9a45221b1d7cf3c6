using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using Ums.Identity.Pins;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Ums.Identity.Tests;

public sealed class ArchitectureTests
{
    private static readonly Architecture Identity = new ArchLoader().LoadAssembly(typeof(Program).Assembly).Build();

    [Fact]
    public void only_the_verifier_compares_pins() => MethodMembers().That().AreDeclaredIn(typeof(PinSecret)).And().HaveNameStartingWith("Matches")
        .Should().NotBeCalledBy(Types().That().AreNot(typeof(PinVerifier)).And().DoNotHaveFullNameContaining(nameof(PinVerifier)))
        .Because("another way to a PIN would be a way past the count of its checks").Check(Identity);

    [Fact]
    public void only_the_pin_grant_asks_the_verifier() => MethodMembers().That().AreDeclaredIn(typeof(PinVerifier)).And().HaveNameStartingWith("CheckAsync")
        .Should().NotBeCalledBy(Types().That().DoNotHaveFullNameContaining("PinGrant").And().DoNotHaveFullNameContaining(nameof(PinVerifier)))
        .Because("there is one door").Check(Identity);
}
