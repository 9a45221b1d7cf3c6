using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Messages;
using Ums.Notifier.Receipts;
using Ums.ServiceDefaults.Database;

namespace Ums.Notifier;

internal sealed class NotifierDb(DbContextOptions<NotifierDb> options) : UmsDbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<EarlyReceipt> EarlyReceipts => Set<EarlyReceipt>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Message>(message =>
        {
            message.Property(m => m.State).HasConversion(DeliveryStates.Converter);
            message.Property(m => m.Channel).HasConversion(DeliveryStates.ChannelConverter);
            message.HasQueryFilter(m => m.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<Attempt>(attempt =>
        {
            attempt.Property(a => a.State).HasConversion(DeliveryStates.Converter);
            attempt.Property(a => a.Deadline).ValueGeneratedOnAdd();
            attempt.HasOne<Message>().WithMany().HasForeignKey(a => a.MessageId);
            attempt.HasQueryFilter(a => a.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<EarlyReceipt>(receipt =>
        {
            receipt.HasKey(r => r.AttemptId);
            receipt.Property(r => r.State).HasConversion(DeliveryStates.Converter);
            receipt.Property(r => r.ReceivedAt).ValueGeneratedOnAdd();
        });
    }
}
