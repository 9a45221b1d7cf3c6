using Microsoft.AspNetCore.Http.HttpResults;

namespace Ums.Notifier.Providers.Routing;

/// <summary>How the providers do, as this replica has seen them at work: what an operator looks at when messages are slow to arrive.</summary>
internal static class ReadHealth
{
    /// <param name="Channel"><c>sms</c> or <c>voice</c>.</param>
    public sealed record Lane(string Channel, IReadOnlyList<Provider> Providers);

    /// <param name="Share">Of a hundred messages, how many go by it.</param>
    /// <param name="State"><c>well</c>; <c>poor</c>, where its calls fail or its deliveries are slow too often; <c>paused</c>, where it is left alone for a while.</param>
    public sealed record Provider(string Name, int Share, string State);

    public static Ok<IReadOnlyList<Lane>> Handle(ProviderRoutes routes) => TypedResults.Ok<IReadOnlyList<Lane>>(
        [.. Enum.GetValues<Channel>().Select(channel => new Lane(channel.ToString().ToLowerInvariant(), [.. routes.Standings(channel).Select(standing => new Provider(
            standing.Provider, standing.Weight, routes.IsPaused(channel, standing.Provider) ? "paused" : standing.IsBad ? "poor" : "well"))]))]);
}
