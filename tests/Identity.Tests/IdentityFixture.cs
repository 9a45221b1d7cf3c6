using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Ums.Identity.Tokens;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing;

namespace Ums.Identity.Tests;

/// <summary>Identity with two organisations, a cheap captcha, a clock that the test moves, and callers that stand behind the gateway unless they say otherwise.</summary>
public class IdentityFixture : ServiceFixture<Program>
{
    /// <summary>A caller's real address, where it is not the gateway's.</summary>
    public const string CallerHeader = "Test-Caller";

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public override TimeProvider Time => Clock;

    /// <summary>Reaches Swedish numbers only.</summary>
    public Guid Stockholm { get; } = Guid.CreateVersion7();

    /// <summary>Reaches Norwegian numbers too.</summary>
    public Guid Stromstad { get; } = Guid.CreateVersion7();

    private int phones;

    /// <summary>One of the mobile numbers for fiction that no other test of the class has used.</summary>
    public string NewPhone() => $"+467017406{5 + Interlocked.Increment(ref phones):00}";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddOrganisationAsync(Stockholm, "stockholm", norwegian: false);
        await AddOrganisationAsync(Stromstad, "stromstad", norwegian: true);
    }

    public Task AddOrganisationAsync(Guid id, string slug, bool norwegian, bool active = true) => ExecuteAsync("""
        insert into organisations (id, slug, name, kind, municipality_codes, sms_sender_name, voice_caller_id, norwegian_numbers, active)
        values ($1, $2, initcap($2), 'municipality', '{0180}', 'Kommunen', '+46846500401', $3, $4)
        """, id, slug, norwegian, active);

    /// <summary>The deliveries of a PIN request so far, in their order, opened as Notifier would.</summary>
    public async Task<IReadOnlyList<PinDelivery>> DeliveriesAsync(Guid pinRequest, int atLeast = 1)
    {
        await Eventually.TrueAsync(() => Sent().Count() >= atLeast);
        return [.. Sent().OrderBy(m => m.OccurredAt)
            .Select(m => PinDelivery.Open(Convert.FromBase64String(Keys["PinDelivery"]), m.Sealed, m.PinRequestId, m.DeliveryId))];

        // The relay publishes at least once.
        IEnumerable<PinRequested> Sent() => Bus.Published<PinRequested>(m => m.PinRequestId == pinRequest).DistinctBy(m => m.DeliveryId);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Captcha:Work"] = "2";
        settings["Captcha:Cost"] = "10";
        // All numbers for fiction lie in one block.
        settings["Pins:Limits:PrefixPerHour"] = settings["Pins:Limits:PrefixPerDay"] = "100000";
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter, Callers>();
        // Identity's own tokens are what is under test here.
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<SigningKeys>((options, keys) =>
            {
                options.ConfigurationManager = new OwnKeys(keys);
                options.TokenValidationParameters.LifetimeValidator = (_, expires, _, _) => expires > Clock.GetUtcNow().UtcDateTime;
            });
    }

    private sealed class Callers : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, following) =>
            {
                http.Connection.RemoteIpAddress = http.Request.Headers.TryGetValue(CallerHeader, out var caller) ? IPAddress.Parse(caller!) : IPAddress.Loopback;
                return following(http);
            });
            next(app);
        };
    }
}
