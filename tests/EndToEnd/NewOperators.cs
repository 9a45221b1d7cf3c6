namespace Ums.EndToEnd;

/// <summary>A system for those who work in it, not beside the residents'. Its tests share one first administrator; whom that one invites is each test's own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NewOperators : ICollectionFixture<NewOperators.System>, ICollectionFixture<Browser>
{
    public const string Name = "a system with new operators and a browser";

    public sealed class System : DemoSystem
    {
        /// <summary>The refresh token, as soon as somebody has followed the link.</summary>
        internal string? FirstAdministrator { get; set; }
    }
}
