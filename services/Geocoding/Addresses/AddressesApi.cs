using MassTransit;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Geocoding.Addresses;

internal static class AddressesApi
{
    public static void AddAddressConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<LocateAddressConsumer>();

    public static void MapAddresses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/addresses").WithTags("Addresses").RequireScope(Scopes.AddressRead);
        group.MapGet("/{id}", GetAddress.Handle).WithName("GetAddress").WithSummary("One address by its id.");
    }
}
