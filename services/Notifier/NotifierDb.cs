using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;
using Ums.Notifier.Receipts;
using Ums.Notifier.Templates;
using Ums.ServiceDefaults.Database;

namespace Ums.Notifier;

internal sealed class NotifierDb(DbContextOptions<NotifierDb> options) : UmsDbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<EarlyReceipt> EarlyReceipts => Set<EarlyReceipt>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertHistory> AlertHistory => Set<AlertHistory>();

    public DbSet<AlertTally> AlertTallies => Set<AlertTally>();

    public DbSet<AlertSettings> AlertSettings => Set<AlertSettings>();

    public DbSet<Template> Templates => Set<Template>();

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
        modelBuilder.Entity<Alert>(alert =>
        {
            alert.Property(a => a.State).HasConversion(state => state.ToString().ToLowerInvariant(), word => Enum.Parse<AlertState>(word, true));
            alert.Property(a => a.Content).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertTexts?>());
            alert.Property(a => a.Options).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertOptions>());
            alert.Property(a => a.Sender).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertSender?>());
            alert.HasQueryFilter(a => a.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<AlertHistory>(history =>
        {
            history.ToTable("alert_history");
            history.Property(h => h.Before).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertBefore?>());
            history.HasQueryFilter(h => h.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<AlertTally>(tally =>
        {
            tally.HasKey(t => new { t.AlertId, t.Shard });
            tally.HasQueryFilter(t => t.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<AlertSettings>(settings =>
        {
            settings.HasKey(s => s.OrganisationId);
            settings.Property(s => s.CodeStyle).HasConversion(style => style.ToString().ToLowerInvariant(), word => Enum.Parse<CodeStyle>(word, true));
            settings.HasQueryFilter(s => s.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<Template>(template =>
        {
            template.Property(t => t.Content).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertTexts>());
            template.Property(t => t.Options).HasColumnType("jsonb").HasConversion(AlertJson.Converter<AlertOptions>());
            template.HasQueryFilter(t => t.OrganisationId == Organisation || Everywhere);
        });
        modelBuilder.Entity<EarlyReceipt>(receipt =>
        {
            receipt.HasKey(r => r.AttemptId);
            receipt.Property(r => r.State).HasConversion(DeliveryStates.Converter);
            receipt.Property(r => r.ReceivedAt).ValueGeneratedOnAdd();
        });
    }
}
