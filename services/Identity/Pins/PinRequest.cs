using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Pins;

internal enum PinPurpose
{
    SignIn,

    /// <summary>A resident who is signed in proves another number.</summary>
    AddPhone,
}

/// <summary>Somebody asked for a PIN to a number. The row outlives its PINs: each resend makes a new one and voids the old.</summary>
internal sealed class PinRequest
{
    public const int MostChecks = 5;
    public const int MostSends = 5;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A request may be resent for so long.</summary>
    public static readonly TimeSpan Resendable = TimeSpan.FromMinutes(30);

    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public PinPurpose Purpose { get; init; }

    /// <summary><c>private</c> or <c>company</c>.</summary>
    public required string Kind { get; init; }

    public Guid? Subject { get; init; }

    /// <summary><c>sms</c> or <c>voice</c>.</summary>
    public required string Channel { get; set; }

    public required byte[] PhoneSealed { get; init; }

    public required byte[] PhoneIndex { get; init; }

    public required byte[] BrowserHash { get; init; }

    public Guid DeliveryId { get; set; }

    /// <summary>The delivery whose lock-out has been told.</summary>
    public Guid? LockedDeliveryId { get; init; }

    /// <summary>Whose wrong PINs these are, see <see cref="Guesses.Whose"/>.</summary>
    public byte[]? FailuresOf { get; set; }

    public byte[] Salt { get; set; } = [];

    public byte[] PinHash { get; set; } = [];

    public short Checks { get; set; }

    public short Sends { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The cool-down doubles with each send: half a minute, one, two, four.</summary>
    public DateTimeOffset ResendAfter => SentAt + TimeSpan.FromSeconds(30 * (1 << Math.Min(Sends - 1, 4)));

    public static string ChannelFor(PhoneNumber phone) => phone.Kind == PhoneKind.Landline ? "voice" : "sms";

    /// <summary>A new PIN takes the place of the one before, with checks of its own.</summary>
    public void Renew(Pin pin, PinSecret secret, string channel, DateTimeOffset now)
    {
        (Channel, DeliveryId, Checks, SentAt, ExpiresAt) = (channel, Guid.CreateVersion7(), 0, now, now + Lifetime);
        Sends++;
        (Salt, PinHash) = secret.Hash(Id, pin);
    }
}
