using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Places;

internal static class PlacesSetup
{
    public static IHostApplicationBuilder AddPlaces(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceToken(builder.Configuration, "contacts", Scopes.AddressRead, Scopes.AddressMatch);
        builder.Services.AddHttpClient<GeocodingClient>(http => http.BaseAddress = new Uri("http://geocoding/")).WithServiceToken();
        builder.Services.AddHttpClient(nameof(Organisations), http => http.BaseAddress = new Uri("http://identity/"));
        builder.Services.AddSingleton<Organisations>();
        builder.Services.AddTransient<ChosenAddress>();
        return builder;
    }
}
