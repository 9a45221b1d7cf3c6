using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>A message on its way out, written in the transaction of the change it tells of.</summary>
public sealed class OutboxMessage
{
    public long Id { get; private set; }

    /// <summary>Fixed here, so that a message published twice is recognised.</summary>
    public Guid MessageId { get; private set; }

    /// <summary>Full name of the type in Ums.Messages.</summary>
    public string Type { get; private set; } = "";

    public Guid? OrganisationId { get; private set; }

    public string Payload { get; private set; } = "";

    public string? TraceParent { get; private set; }

    public bool Urgent { get; private set; }

    internal static OutboxMessage Of<T>(T message, Guid? organisation) where T : class
    {
        return new OutboxMessage
        {
            MessageId = Guid.CreateVersion7(),
            Type = typeof(T).FullName!,
            OrganisationId = organisation,
            Payload = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            TraceParent = Activity.Current?.Id,
            Urgent = MessageContract.Of(typeof(T)).Urgent,
        };
    }

    internal static void Map(EntityTypeBuilder<OutboxMessage> entity)
    {
        entity.ToTable("outbox");
        entity.Property(m => m.Payload).HasColumnType("jsonb");
    }
}
