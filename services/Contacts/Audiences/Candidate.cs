using System.Globalization;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>A phone of someone at a covered address, as the database has it; whether they are old enough is not known before their date is opened.</summary>
/// <param name="HolderBirthDate">Of the private person who holds a company contact's number too.</param>
internal sealed record Candidate(
    byte[] Index, byte[] Number, bool IsMobile, bool IsPrivate, byte[]? BirthDate, byte[]? HolderBirthDate, string AddressId, float? Latitude, float? Longitude)
{
    /// <summary>A phone that someone under sixteen holds is not sent to, whatever else it stands for.</summary>
    public bool MayBeSent(Guid organisation, DateOnly day, PersonalData personal) => IsPrivate
        ? AgeLimit.MayBeSent(ContactKind.Private, Birth.Open(organisation, BirthDate, personal), day)
        : Birth.Open(organisation, HolderBirthDate, personal) is not { } born || AgeLimit.IsOldEnough(born, day);
}

/// <summary>What is known of a listed number's holders.</summary>
/// <param name="BirthDate">Of the private person among them.</param>
/// <param name="Silenced">Every entry that holds it is restricted, or its person objects.</param>
internal sealed record Holder(byte[] Index, byte[]? BirthDate, bool Silenced)
{
    public bool IsTooYoung(Guid organisation, DateOnly day, PersonalData personal) =>
        Birth.Open(organisation, BirthDate, personal) is { } born && !AgeLimit.IsOldEnough(born, day);
}

/// <summary>Birth dates are sealed as YYYYMMDD.</summary>
internal static class Birth
{
    public static DateOnly? Open(Guid organisation, byte[]? box, PersonalData personal) =>
        box is null ? null : DateOnly.ParseExact(personal.Open(organisation, box), "yyyyMMdd", CultureInfo.InvariantCulture);
}
