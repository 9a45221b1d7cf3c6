using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ums.Notifier.Providers;
using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Wires;
using Trouble = Ums.ProviderDoubles.Faults.Fault;

namespace Ums.Notifier.Tests.Providers;

/// <summary>The contract for providers that speak HTTP, through their doubles, and what only HTTP can do to them.</summary>
public abstract class HttpProviderContract(Wire wire) : ProviderContract, IAsyncLifetime
{
    protected const string Phone = "+46701740605";

    private static readonly string[] Secrets = ["Token", "Secret", "Password"];

    private readonly List<ServiceProvider> made = [];
    private IMessageProvider? provider;

    internal override IMessageProvider Provider => provider ??= Make(Far.Address);

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    protected ProviderDouble Far { get; private set; } = null!;

    /// <param name="address">Of the double.</param>
    protected abstract Dictionary<string, string?> Settings(string address);

    protected abstract void Add(IHostApplicationBuilder builder);

    public async Task InitializeAsync() => Far = await ProviderDouble.StartAsync(new DoubleOptions(wire) { KeepsRequests = true });

    public async Task DisposeAsync()
    {
        foreach (var services in made)
        {
            await services.DisposeAsync();
        }
        await Far.DisposeAsync();
    }

    protected override void Break(Fault fault)
    {
        if (fault == Fault.Unreachable)
        {
            provider = Make("http://127.0.0.1:1/");
            return;
        }
        Far.Weather.Next.Enqueue(fault switch
        {
            Fault.Refused => Trouble.Status,
            Fault.Busy => Trouble.TooMany,
            Fault.Broken => Trouble.ErrorAfter,
            Fault.CutOff => Trouble.CutOff,
            _ => Trouble.Garbled,
        });
        // What an earlier fault has made it wait for is over.
        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("SilentAfter", "timeout")]
    [InlineData("Slow", "timeout")]
    [InlineData("CutWithin", "no-answer")]
    [InlineData("CutOff", "no-answer")]
    [InlineData("ErrorAfter", "server-error")]
    [InlineData("SilentBefore", "timeout", 0)]
    public async Task a_fault_after_the_request_has_left_is_unknown_and_nothing_goes_out_again(string fault, string reason, int taken = 1)
    {
        // A connection that has been used before: an HTTP client may be tempted to repeat a request on a new one.
        await Provider.SendAsync(Message("+46701740606", Channel.Sms), default);
        Far.Weather.Next.Enqueue(Enum.Parse<Trouble>(fault));
        var guarded = new GuardedProvider(Provider, new ProviderOptions { Timeout = TimeSpan.FromSeconds(1.5) }, TimeProvider.System, NullLogger<GuardedProvider>.Instance);

        Assert.Equal(new ProviderAnswer.Unknown(reason), await guarded.SendAsync(Message(Phone, Channel.Sms), default));

        Assert.Equal(taken, Far.SentTo(Phone).Count);
    }

    [Fact]
    public async Task a_provider_that_is_not_there_for_us_does_not_have_it()
    {
        Far.Weather.Next.Enqueue(Trouble.Unavailable);
        Assert.Equal(new ProviderAnswer.NotSent("provider-unavailable", Again: true), await Provider.SendAsync(Message(Phone, Channel.Sms), default));
        Assert.Empty(Far.SentTo(Phone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\": 7, \"sid\": 7, \"callId\": 7}")]
    [InlineData("{\"id\": \"\", \"sid\": \"\", \"callId\": \"\"}")]
    [InlineData("{\"id\": \"s1\"")]
    [InlineData("{\"status\": \"created\", \"estimated_cost\": 5000}")]
    [InlineData("endless")]
    [InlineData("{\"id\": \"long\", \"sid\": \"long\", \"callId\": \"long\"}")]
    public async Task an_answer_without_a_reference_is_unknown(string body)
    {
        foreach (var channel in Enum.GetValues<Channel>().Where(Provider.Carries))
        {
            Far.Weather.Garbage = body.Replace("long", new string('s', 101), StringComparison.Ordinal).Replace("endless", new string(' ', 100_000) + """{"id": "s1"}""", StringComparison.Ordinal);
            Far.Weather.Next.Enqueue(Trouble.Garbled);

            Assert.IsType<ProviderAnswer.Unknown>(await Provider.SendAsync(Message(Phone, channel), default));
        }
    }

    [Theory]
    [InlineData(401, "bad-credentials", true)]
    [InlineData(403, "account-refused", true)]
    [InlineData(404, "refused", false)]
    public async Task a_refusal_is_not_sent(int status, string reason, bool again)
    {
        Far.Weather.Status = status;
        Far.Weather.Next.Enqueue(Trouble.Status);

        Assert.Equal(new ProviderAnswer.NotSent(reason, again), await Provider.SendAsync(Message(Phone, Channel.Sms), default));
    }

    [Fact]
    public async Task after_too_many_it_says_how_long_it_is_to_be_left_alone()
    {
        Far.Weather.RetryAfter = "7";
        Far.Weather.Next.Enqueue(Trouble.TooMany);

        await Provider.SendAsync(Message(Phone, Channel.Sms), default);

        Assert.Equal(Clock.GetUtcNow().AddSeconds(7), Provider.QuietUntil);
        Assert.Equal(ProviderAnswer.TooMany, await Provider.SendAsync(Message(Phone, Channel.Sms), default));
        Assert.Equal(0, Far.Ledger.Count);
    }

    [Fact]
    public async Task the_organisations_own_number_is_shown_where_it_has_one()
    {
        await Provider.SendAsync(Message(Phone, Channel.Voice), default);
        await Provider.SendAsync(Message(Phone, Channel.Voice) with { From = "+46846500400" }, default);

        Assert.Equal(["+46846500499", "+46846500400"], Far.Ledger.Read().Select(entry => entry.From));
    }

    [Fact]
    public async Task wrong_credentials_are_not_the_messages_fault()
    {
        var secrets = Settings(Far.Address).Keys.Where(key => Secrets.Any(secret => key.EndsWith(secret, StringComparison.Ordinal)));
        Use(Far.Address, secrets.ToDictionary(key => key, string? (_) => "d3Jvbmc="));

        foreach (var channel in Enum.GetValues<Channel>().Where(Provider.Carries))
        {
            Assert.Equal(new ProviderAnswer.NotSent("bad-credentials", Again: true), await Provider.SendAsync(Message(Phone, channel), default));
        }
        Assert.Equal(0, Far.Ledger.Count);
    }

    protected void Use(string address, Dictionary<string, string?>? with = null, TimeSpan? connectTimeout = null) => provider = Make(address, with, connectTimeout);

    protected T Made<T>() where T : notnull => made[^1].GetRequiredService<T>();

    /// <summary>As the service itself makes it.</summary>
    private IMessageProvider Make(string address, Dictionary<string, string?>? with = null, TimeSpan? connectTimeout = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings(address));
        builder.Configuration.AddInMemoryCollection(with ?? []);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keys:PersonalData"] = Convert.ToBase64String(new byte[32]), ["Tokens:Issuer"] = "http://localhost:8080/",
        });
        Add(builder);
        builder.Services.AddSingleton<ReceiptAddresses>();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        if (connectTimeout is { } patience)
        {
            builder.Services.AddHttpClient(wire.Name).ConfigurePrimaryHttpMessageHandler((handler, _) => ((SocketsHttpHandler)handler).ConnectTimeout = patience);
        }
        var services = builder.Services.BuildServiceProvider();
        made.Add(services);
        return services.GetRequiredService<IMessageProvider>();
    }
}
