using Microsoft.Extensions.DependencyInjection;
using Ums.Contacts.Demo;
using Ums.Testing;

namespace Ums.Contacts.Tests;

/// <summary>The Contacts service with Identity and Geocoding beside it, for the organisations below.</summary>
public sealed class ContactsFixture : ServiceFixture<Program>
{
    public static readonly Known Stockholm = new(new Guid("00000000-0000-7000-8000-000000000180"), "stockholm", "Stockholm", ["0180"]);
    public static readonly Known Pitea = new(new Guid("00000000-0000-7000-8000-000000002581"), "pitea", "Piteå", ["2581"]);
    public static readonly Known Energi = new(new Guid("00000000-0000-7000-8000-000000009999"), "exempel-energi", "Exempel Energi AB", ["0180", "2581"]);
    public static readonly Known[] Organisations = [Stockholm, Pitea, Energi];

    private static readonly string[] Numbers =
        [.. FictionNumbers.Mobile.SkipLast(1), .. FictionNumbers.Malmo, .. FictionNumbers.Kiruna, .. FictionNumbers.Gothenburg.Skip(20), .. FictionNumbers.Stockholm.Skip(20)];

    private static int lastNumber = -1;

    public sealed record Known(Guid Id, string Slug, string Name, string[] MunicipalityCodes);

    public Neighbours Neighbours { get; } = new();

    /// <summary>A resident whose number nobody else in these tests has.</summary>
    internal Resident Stranger(Known? organisation = null, string kind = "private", string? phone = null)
    {
        var at = organisation ?? Stockholm;
        return new Resident(this, at, phone ?? FreshNumber(), kind);
    }

    /// <summary>A resident who has registered with one address.</summary>
    internal async Task<Resident> RegisteredAsync(Known? organisation = null, string kind = "private")
    {
        var resident = Stranger(organisation, kind);
        await resident.RegisterAsync((organisation ?? Stockholm).MunicipalityCodes.Contains("0180") ? Neighbours.SanktEriksgatan : Neighbours.Storgatan);
        return resident;
    }

    /// <summary>Runs work with a scope's services.</summary>
    public async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>The next of the numbers kept for fiction, but for those that tests name themselves.</summary>
    public static string FreshNumber() => Numbers[Interlocked.Increment(ref lastNumber) % Numbers.Length];

    protected override void ConfigureServices(IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => new Borrowed(Neighbours)));

    /// <summary>Client factories dispose of their handlers; this one outlives them.</summary>
    private sealed class Borrowed(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker invoker = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => invoker.SendAsync(request, cancellationToken);
    }
}
