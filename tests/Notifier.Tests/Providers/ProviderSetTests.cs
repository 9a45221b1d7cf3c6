using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

public class ProviderSetTests
{
    private const string NoServer = "Host=127.0.0.1;Port=1;Database=notifierdb;Timeout=1";

    [Theory]
    [InlineData("Production", null, "Providers:Use is empty: Production needs at least one provider")]
    [InlineData("Production", "phone", "Providers:Use names 'phone', which is no provider in Production")]
    [InlineData("Staging", "phone", "Providers:Use names 'phone', which is no provider in Staging")]
    [InlineData("Development", "pigeon", "Providers:Use names 'pigeon', which is no provider in Development")]
    public void the_service_does_not_start_with_the_double_in_production_nor_without_a_provider(string environment, string? use, string says)
    {
        using var service = new Service(environment, new() { ["Providers:Use:0"] = use });

        var refusal = Assert.Throws<InvalidOperationException>(() => service.Services);

        Assert.StartsWith(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Keys:PinDelivery")]
    [InlineData("Keys:PersonalData")]
    [InlineData("Tokens:Issuer")]
    public void the_service_does_not_start_without_a_key(string missing)
    {
        using var service = new Service("Development", new() { [missing] = null });

        var refusal = Assert.Throws<InvalidOperationException>(() => service.Services);

        Assert.StartsWith($"{missing} is not set", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Username", null, "Username is not set")]
    [InlineData("Username", "u:1", "Username has a colon")]
    [InlineData("Password", null, "Password is not set")]
    [InlineData("Sender", "Piteå", "Sender is not one that a telephone can show")]
    [InlineData("Sender", "", "Sender is not one that a telephone can show")]
    [InlineData("CallerId", "0846500400", "CallerId is not a number")]
    [InlineData("CallerId", "Piteå", "CallerId is not a number")]
    [InlineData("Address", "http://api.46elks.com/a1/", "Address is not fit for credentials")]
    [InlineData("Address", "https://api.46elks.com/a1", "Address is not fit for credentials")]
    [InlineData("Address", "a1/", "Address is not fit for credentials")]
    [InlineData("Address", "ftp://127.0.0.1/", "Address is not fit for credentials")]
    public void the_service_does_not_start_with_46elks_half_set(string setting, string? value, string says)
    {
        var settings = FortySixElksFixture.Account("https://127.0.0.1:1/a1/");
        settings[$"Providers:FortySixElks:{setting}"] = value;
        using var service = new Service("Production", settings);

        var refusal = Assert.Throws<InvalidOperationException>(() => service.Services);

        Assert.StartsWith($"Providers:FortySixElks:{says}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FortySixElksWire.Password, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("twilio", "Twilio:AccountSid", "SK1", "AccountSid is not set")]
    [InlineData("twilio", "Twilio:AuthToken", "", "AuthToken is not set")]
    [InlineData("twilio", "Twilio:CallerId", "112", "CallerId is not a number")]
    [InlineData("twilio", "Twilio:Address", "http://api.twilio.com/", "Address is not fit for credentials")]
    [InlineData("sinch", "Sinch:ServicePlanId", "../x", "ServicePlanId is not set")]
    [InlineData("sinch", "Sinch:ApiToken", "", "ApiToken is not set")]
    [InlineData("sinch", "Sinch:ApplicationSecret", "not base64!", "ApplicationSecret is not set")]
    [InlineData("sinch", "Sinch:CallerId", "", "CallerId is not set")]
    [InlineData("sinch", "Sinch:CallingAddress", "http://calling.example/", "Address is not fit for credentials")]
    [InlineData("smpp", "Smpp:Host", "", "Host is not set")]
    [InlineData("smpp", "Smpp:SystemId", "sixteen-letters-", "SystemId is not set")]
    [InlineData("smpp", "Smpp:Password", "ninechars", "Password is not set")]
    [InlineData("smpp", "Smpp:Window", "0", "The field Window must be between")]
    [InlineData("smpp", "Smpp:Sender", "Piteå", "Sender is not one that a telephone can show")]
    public void the_service_does_not_start_with_a_provider_half_set(string provider, string setting, string value, string says)
    {
        var settings = provider switch
        {
            "twilio" => TwilioTests.Account("http://127.0.0.1:1/"),
            "sinch" => SinchTests.Account("http://127.0.0.1:1/"),
            _ => Smpp.SmppHosts.Account(1),
        };
        settings[$"Providers:{setting}"] = value;
        using var service = new Service("Production", settings);

        var refusal = Assert.Throws<InvalidOperationException>(() => service.Services);

        Assert.StartsWith($"Providers:{setting.Split(':')[0]}:{says}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void the_service_does_not_start_where_nobody_carries_calls()
    {
        using var service = new Service("Production", FortySixElksFixture.Account("https://127.0.0.1:1/a1/"));

        var refusal = Assert.Throws<InvalidOperationException>(() => service.Services);

        Assert.Equal("No provider in Providers:Use carries Voice.", refusal.Message);
    }

    [Fact]
    public void a_timeout_longer_than_an_attempts_deadline_is_refused()
    {
        using var service = new Service("Development", new() { ["Providers:Timeout"] = "00:01:00" });

        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => service.Services);
    }

    private sealed class Service(string environment, Dictionary<string, string?> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment(environment);

        protected override IHost CreateHost(IHostBuilder builder)
        {
            var all = new Dictionary<string, string?>
            {
                ["ConnectionStrings:notifierdb"] = NoServer,
                ["ConnectionStrings:messaging"] = "amqp://guest:guest@127.0.0.1:1/",
                ["Keys:PersonalData"] = Convert.ToBase64String(new byte[32]),
                ["Keys:PinDelivery"] = Convert.ToBase64String(new byte[32]),
                ["Tokens:Issuer"] = "http://localhost:8080/",
            };
            foreach (var (key, value) in settings)
            {
                all[key] = value;
            }
            builder.ConfigureHostConfiguration(configuration => configuration.AddInMemoryCollection(all.Where(setting => setting.Value is not null)));
            return base.CreateHost(builder);
        }
    }
}
