namespace Ums.ProviderDoubles.Ledger;

/// <summary>One message that the double has taken.</summary>
/// <param name="N">From 1 on, in the order of acceptance.</param>
/// <param name="Channel"><c>sms</c> or <c>voice</c>.</param>
/// <param name="Callback">Where its reports go; empty where there is no such address.</param>
/// <param name="At">Milliseconds since 1970.</param>
public sealed record LedgerEntry(long N, string Id, string Channel, string To, string From, string Text, string Callback, long At);
