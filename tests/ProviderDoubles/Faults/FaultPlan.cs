using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ums.ProviderDoubles.Faults;

/// <summary>Faults by chance: each figure is the share, from 0 to 1, of requests or of messages that go wrong in that way. The same seed gives the same faults.</summary>
/// <param name="Burst">How many requests one <paramref name="Unavailable"/> turns away.</param>
/// <param name="LatencyMilliseconds">Before each answer.</param>
/// <param name="ReceiptDuplicate">Reported twice.</param>
/// <param name="ReceiptReordered">Reported in the opposite order: "sent" after "delivered".</param>
/// <param name="ReceiptLost">Never reported.</param>
/// <param name="ReceiptEarly">Reported before the answer to the request.</param>
/// <param name="Failed">Reported as failed.</param>
public sealed record FaultPlan(
    long Seed = 1, double SilentBefore = 0, double TooMany = 0, double Unavailable = 0, double SilentAfter = 0, double ErrorAfter = 0, double CutOff = 0,
    double CutWithin = 0, double Slow = 0, double Garbled = 0, int Burst = 1, int RetryAfterSeconds = 2, int LatencyMilliseconds = 0,
    double ReceiptDuplicate = 0, double ReceiptReordered = 0, double ReceiptLost = 0, double ReceiptEarly = 0, double Failed = 0)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static FaultPlan None { get; } = new();

    [JsonIgnore]
    public bool IsSane =>
        new[] { ReceiptDuplicate, ReceiptReordered, ReceiptLost, ReceiptEarly, Failed, Shares().Sum(share => share.Share) }
            .Concat(Shares().Select(share => share.Share)).All(share => share is >= 0 and <= 1.0000001)
        && Burst is >= 1 and <= 1_000_000 && RetryAfterSeconds is >= 0 and <= 3600 && LatencyMilliseconds is >= 0 and <= 60_000;

    /// <exception cref="JsonException">It is not one.</exception>
    public static FaultPlan Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<FaultPlan>(json, Json) is { IsSane: true } plan ? plan : throw new JsonException("The shares do not lie between 0 and 1.");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Of the faults that exclude each other.</summary>
    public IEnumerable<(Fault Fault, double Share)> Shares() =>
    [
        (Fault.SilentBefore, SilentBefore), (Fault.TooMany, TooMany), (Fault.Unavailable, Unavailable), (Fault.SilentAfter, SilentAfter),
        (Fault.ErrorAfter, ErrorAfter), (Fault.CutOff, CutOff), (Fault.CutWithin, CutWithin), (Fault.Slow, Slow), (Fault.Garbled, Garbled),
    ];
}
