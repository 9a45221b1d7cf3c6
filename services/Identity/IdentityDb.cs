using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Ums.Identity.Organisations;
using Ums.Identity.Pins;
using Ums.Identity.Sessions;
using Ums.ServiceDefaults.Database;

namespace Ums.Identity;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options) : UmsDbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<PinRequest> PinRequests => Set<PinRequest>();

    public DbSet<Session> Sessions => Set<Session>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Organisation>().Property(o => o.Kind).HasConversion(kind => LowerCase(kind), text => Enum.Parse<OrganisationKind>(text, true));
        modelBuilder.Entity<PinRequest>(entity =>
        {
            entity.HasQueryFilter(request => request.OrganisationId == Organisation || Everywhere);
            entity.Property(request => request.Purpose).HasConversion(
                purpose => purpose == PinPurpose.AddPhone ? "add-phone" : "sign-in", text => text == "add-phone" ? PinPurpose.AddPhone : PinPurpose.SignIn);
        });
        modelBuilder.Entity<Session>().HasQueryFilter(session => session.OrganisationId == Organisation || Everywhere);

        modelBuilder.UseOpenIddict<Guid>();
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("openiddict_applications");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("openiddict_authorizations");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("openiddict_scopes");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("openiddict_tokens");
    }

    private static string LowerCase<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
