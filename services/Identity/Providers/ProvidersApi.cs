using Microsoft.Extensions.Options;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Providers;

internal static class ProvidersApi
{
    private const int LargestAnswer = 1024 * 1024;

    public static IHostApplicationBuilder AddProviders(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<ProvidersOptions>(builder.Configuration.GetSection("OperatorProviders"));
#pragma warning disable EXTEXP0001 // Somebody waits: a provider that is slow is away, and a code must not be handed in twice.
        builder.Services.AddHttpClient(ProviderHttp.Client, http => (http.Timeout, http.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(10), LargestAnswer))
            .RemoveAllResilienceHandlers()
#pragma warning restore EXTEXP0001
            .ConfigurePrimaryHttpMessageHandler(services => ProviderHttp.Handler(services.GetRequiredService<IOptions<ProvidersOptions>>().Value.AllowInside));
        builder.Services.AddSingleton<ProviderDirectory>().AddSingleton<ForeignStates>().AddSingleton<ForeignTokens>();
        builder.Services.AddScoped<ForeignPeople>();
        return builder;
    }

    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        // For browsers only: there and back again.
        routes.MapGet("/connect/foreign/{slug}", BeginForeignSignIn.Handle).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/" + BeginForeignSignIn.CallbackPath, FinishForeignSignIn.Handle).AllowAnonymous().ExcludeFromDescription();
        var provider = routes.MapGroup("/api/organisations/{slug}/provider").RequireScope(Scopes.OrganisationWrite).WithTags("Provider");
        provider.MapGet("", ReadProvider.Handle).WithName(nameof(ReadProvider));
        provider.MapPut("", SetProvider.Handle).RequireFreshSignIn().WithName(nameof(SetProvider));
        provider.MapDelete("", RemoveProvider.Handle).RequireFreshSignIn().WithName(nameof(RemoveProvider));
    }
}
