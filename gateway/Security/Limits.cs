using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Ums.Gateway.Security;

/// <summary>How much one client address may ask for. The address is the connection's own; what a client writes into a header does not count.</summary>
internal static class Limits
{
    public const string Pages = "pages";
    public const string Calls = "calls";
    public const string SignIn = "sign-in";
    public const string Tiles = "tiles";
    public const string Imports = "imports";
    public const string Codes = "codes";

    public static void AddLimits(this IHostApplicationBuilder builder, GatewayOptions options)
    {
        builder.Services.AddSingleton(services => new CodeGuesses(options.CodesPerMinute, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Pages, PerAddress(Pages, options.PagesPerMinute));
            limiter.AddPolicy(Calls, PerAddress(Calls, options.CallsPerMinute));
            // Looking at the sign-in page is reading; only sending it is an attempt.
            var look = PerAddress(Pages, options.PagesPerMinute);
            var attempt = PerAddress(SignIn, options.SignInsPerMinute);
            limiter.AddPolicy(SignIn, http => HttpMethods.IsPost(http.Request.Method) ? attempt(http) : look(http));
            limiter.AddPolicy(Tiles, PerAddress(Tiles, options.TilesPerMinute));
            limiter.AddPolicy(Imports, PerAddress(Imports, options.ImportsPerMinute));
            limiter.AddPolicy(Codes, PerAddress(Codes, options.CodesPerMinute));
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsSignIn(http)
                ? RateLimitPartition.GetConcurrencyLimiter("sign-in", _ => new ConcurrencyLimiterOptions { PermitLimit = options.SignInsAtOnce, QueueLimit = 0 })
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    /// <summary>One IPv4 address, or the /64 that one IPv6 subscriber has.</summary>
    public static string Client(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static bool IsSignIn(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) &&
        http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == SignIn;

    private static Func<HttpContext, RateLimitPartition<string>> PerAddress(string policy, int perMinute) => http =>
        RateLimitPartition.GetSlidingWindowLimiter($"{policy} {Client(http)}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
}
