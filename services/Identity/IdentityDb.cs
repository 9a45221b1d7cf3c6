using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Ums.Identity.ApiClients;
using Ums.Identity.Operators;
using Ums.Identity.Organisations;
using Ums.Identity.Pins;
using Ums.Identity.Providers;
using Ums.Identity.Sessions;
using Ums.ServiceDefaults.Database;

namespace Ums.Identity;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options) : UmsDbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<PinRequest> PinRequests => Set<PinRequest>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Operator> Operators => Set<Operator>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<OperatorSession> OperatorSessions => Set<OperatorSession>();

    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    public DbSet<Provider> Providers => Set<Provider>();

    public DbSet<ProviderSubject> ProviderSubjects => Set<ProviderSubject>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

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

        modelBuilder.Entity<Membership>(entity =>
        {
            entity.HasKey(membership => new { membership.OrganisationId, membership.OperatorId });
            entity.HasQueryFilter(membership => membership.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<Passkey>().ToTable("operator_passkeys").HasKey(key => key.CredentialId);
        modelBuilder.Entity<RecoveryCode>().ToTable("operator_recovery_codes").HasKey(code => new { code.OperatorId, code.CodeHash });
        modelBuilder.Entity<Invitation>().HasQueryFilter(invitation => invitation.OrganisationId == Organisation || Everywhere);

        modelBuilder.Entity<ApiClient>(entity =>
        {
            entity.HasKey(client => client.ClientId);
            entity.HasQueryFilter(client => client.OrganisationId == Organisation || Everywhere);
        });

        modelBuilder.Entity<Provider>(entity =>
        {
            entity.HasKey(provider => provider.OrganisationId);
            entity.HasQueryFilter(provider => provider.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<ProviderSubject>(entity =>
        {
            entity.HasKey(subject => new { subject.OrganisationId, subject.Issuer, subject.Subject });
            entity.HasQueryFilter(subject => subject.OrganisationId == Organisation || Everywhere);
        });

        modelBuilder.UseOpenIddict<Guid>();
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("openiddict_applications");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().ToTable("openiddict_authorizations");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("openiddict_scopes");
        modelBuilder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().ToTable("openiddict_tokens");
    }

    private static string LowerCase<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
