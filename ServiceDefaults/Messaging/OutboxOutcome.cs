namespace Ums.ServiceDefaults.Messaging;

/// <summary>How one attempt ended.</summary>
internal abstract record OutboxOutcome(OutboxRow Row)
{
    /// <summary>The broker has the message on disk and in a queue.</summary>
    internal sealed record Confirmed(OutboxRow Row) : OutboxOutcome(Row);

    /// <summary>The receiver took it over HTTP.</summary>
    internal sealed record HandedOver(OutboxRow Row) : OutboxOutcome(Row);

    /// <summary>To be tried again, for ever: the fault is the broker's, or a consumer has never been started.</summary>
    /// <param name="Error">A word for the row and the log, never the message or an exception's text.</param>
    internal record Failed(OutboxRow Row, string Error) : OutboxOutcome(Row);

    /// <summary>The message's own fault: no type of that name, or a payload that does not read. Another replica may know it; after some attempts it is buried.</summary>
    internal sealed record Unreadable(OutboxRow Row, string Error) : Failed(Row, Error);
}
