using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Tests.Audit;

public sealed class AuditCommandTests
{
    [Theory]
    [InlineData]
    [InlineData("check")]
    [InlineData("verify", "--since")]
    [InlineData("verify", "--since", "no-such-file")]
    public async Task what_is_asked_wrongly_is_told_so(params string[] arguments) => Assert.Equal(2, await AuditCommand.RunAsync<IdentityDb>(arguments, "identitydb"));
}
