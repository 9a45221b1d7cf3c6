using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Ums.ServiceDefaults.Secrets;

namespace Ums.ServiceDefaults.Audit;

/// <summary>
/// The rule by which audit rows hang together: a row's hash is an HMAC over the hash before it and everything that the row says. The key is derived from
/// <c>Keys:PersonalData</c>, which is in no database: who can write to the tables still cannot make a row that fits.
/// </summary>
public sealed class AuditChain(IConfiguration configuration)
{
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("PersonalData"), 32, info: "ums audit 1"u8.ToArray());

    /// <param name="previous">Empty for the first row.</param>
    /// <returns>32 bytes.</returns>
    public byte[] Hash(ReadOnlySpan<byte> previous, AuditRow row)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Add(hmac, previous);
        Add(hmac, row.OrganisationId.ToByteArray(bigEndian: true));
        Add(hmac, row.Position);
        Add(hmac, Microseconds(row.At));
        var record = row.Record;
        foreach (var text in (string?[])[record.Actor, record.ActorId, record.Action, record.PersonId?.ToString(), record.Target, record.Detail, record.Reason])
        {
            // Nothing is not the empty text.
            Add(hmac, text is null ? 0L : 1L);
            Add(hmac, Encoding.UTF8.GetBytes(text ?? ""));
        }
        return hmac.GetHashAndReset();
    }

    /// <summary>As finely as PostgreSQL keeps it.</summary>
    internal static DateTimeOffset Kept(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Add(IncrementalHash hmac, ReadOnlySpan<byte> bytes)
    {
        Add(hmac, bytes.Length);
        hmac.AppendData(bytes);
    }

    private static void Add(IncrementalHash hmac, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hmac.AppendData(bytes);
    }
}
