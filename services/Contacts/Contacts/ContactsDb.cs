using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Audit;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Phones;

namespace Ums.Contacts.Contacts;

internal sealed class ContactsDb(DbContextOptions<ContactsDb> options) : UmsDbContext(options)
{
    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Phone> Phones => Set<Phone>();

    public DbSet<ContactAddress> Addresses => Set<ContactAddress>();

    public DbSet<OptOut> OptOuts => Set<OptOut>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Contact>(contact =>
        {
            contact.HasQueryFilter(e => e.OrganisationId == Organisation || Everywhere);
            contact.Property(e => e.Id).ValueGeneratedNever();
            contact.Ignore(e => e.CurrentPhones).Ignore(e => e.CurrentAddresses);
            contact.HasMany(e => e.Phones).WithOne().HasForeignKey(e => e.ContactId);
            contact.HasMany(e => e.Addresses).WithOne().HasForeignKey(e => e.ContactId);
        });
        modelBuilder.Entity<Phone>(phone =>
        {
            phone.HasQueryFilter(e => e.OrganisationId == Organisation || Everywhere);
            phone.Property(e => e.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<ContactAddress>(address =>
        {
            address.ToTable("addresses").HasQueryFilter(e => e.OrganisationId == Organisation || Everywhere);
            address.Property(e => e.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<OptOut>(optOut =>
        {
            optOut.HasQueryFilter(e => e.OrganisationId == Organisation || Everywhere);
            optOut.HasKey(e => new { e.OrganisationId, e.RegisterKey });
        });
        modelBuilder.Entity<AuditEntry>(entry => entry.HasQueryFilter(e => e.OrganisationId == Organisation || Everywhere));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<ContactKind>().HaveConversion<Word<ContactKind>>();
        configurationBuilder.Properties<Source>().HaveConversion<Word<Source>>();
        configurationBuilder.Properties<PhoneKind>().HaveConversion<Word<PhoneKind>>();
        configurationBuilder.Properties<Remover>().HaveConversion<Word<Remover>>();
        configurationBuilder.Properties<AuditActor>().HaveConversion<Word<AuditActor>>();
    }

    /// <summary>Enumerations stand in the database by the words that they have in JSON.</summary>
    private sealed class Word<T>() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<T, string>(
        value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), text => Enum.Parse<T>(text, true))
        where T : struct, Enum;
}
