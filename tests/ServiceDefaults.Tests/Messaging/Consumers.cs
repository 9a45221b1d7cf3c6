using System.Collections.Concurrent;
using MassTransit;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;

namespace Ums.ServiceDefaults.Tests.Messaging;

/// <summary>What the consumers below have done.</summary>
internal sealed class Ledger
{
    public ConcurrentQueue<Guid> Deliveries { get; } = new();

    public ConcurrentQueue<string?> Traces { get; } = new();
}

/// <summary>A consumer as the services have them: its effect and the inbox row commit together.</summary>
internal sealed class StoreNoteConsumer(NotesDb db, Ledger ledger) : IConsumer<AddressAdded>
{
    public async Task Consume(ConsumeContext<AddressAdded> context)
    {
        ledger.Deliveries.Enqueue(context.MessageId!.Value);
        ledger.Traces.Enqueue(System.Diagnostics.Activity.Current?.TraceId.ToString());
        var message = context.Message;
        await db.OnceAsync(message.OrganisationId, "store-note", context.MessageId!.Value, _ =>
        {
            db.Notes.Add(new Note { OrganisationId = message.OrganisationId, Text = message.AddressId });
            return Task.CompletedTask;
        }, context.CancellationToken);
    }
}

internal sealed class FailingConsumer : IConsumer<AddressAdded>
{
    public Task Consume(ConsumeContext<AddressAdded> context) => throw new InvalidOperationException("It always fails.");
}

/// <summary>Messages of the three sorts: must be consumed, may find nobody, urgent.</summary>
internal static class Sample
{
    public static AddressAdded AddressAdded(string addressId = "a-1", Guid? organisation = null) =>
        new(Guid.CreateVersion7(), organisation ?? Guid.CreateVersion7(), Guid.CreateVersion7(), addressId, "0180", Main: true, 1, DateTimeOffset.UtcNow);

    public static ContactChanged ContactChanged() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "nameVisibility", 2, DateTimeOffset.UtcNow);

    public static PinRequested PinRequested() =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "sms", [1, 2, 3], DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow);
}
