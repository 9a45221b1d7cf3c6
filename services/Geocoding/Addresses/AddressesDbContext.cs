using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Database;

namespace Ums.Geocoding.Addresses;

/// <summary>Addresses are nobody's in particular: no tenant, no row-level security.</summary>
internal sealed class AddressesDbContext(DbContextOptions<AddressesDbContext> options) : UmsDbContext(options)
{
    public DbSet<Address> Addresses => Set<Address>();
}
