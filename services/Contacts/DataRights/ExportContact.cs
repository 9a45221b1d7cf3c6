using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.DataRights;

/// <summary>
/// Everything held about the entry, as a file. For a public-register record it names, without showing, what a PIN is too weak a proof for; the organisation
/// hands that out to whoever shows who they are.
/// </summary>
internal static class ExportContact
{
    private static readonly string[] RegisterOnly = ["givenName", "familyName", "birthDate"];

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public sealed record Document(
        DateTimeOffset ExportedAt, ContactView Contact, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, long Version, bool SendingSwitchedOff,
        IReadOnlyList<string> Withheld, IReadOnlyList<RemovedPhone> RemovedPhones, IReadOnlyList<RemovedAddress> RemovedAddresses, IReadOnlyList<AuditLine> Audit);

    /// <summary>A number that was removed; the number itself is no longer held.</summary>
    public sealed record RemovedPhone(Guid Id, Source Source, DateTimeOffset RemovedAt);

    public sealed record RemovedAddress(AddressView Address, DateTimeOffset RemovedAt, string RemovedBy);

    /// <param name="Actor"><c>resident</c>, <c>register</c> or <c>service</c>.</param>
    public sealed record AuditLine(DateTimeOffset At, string Actor, string Action, string? Field, long Version);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Caller caller, ContactsDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var document = await db.InOrganisationAsync(caller.Organisation, async token =>
            await db.OwnContactAsync(caller, locked: false, token) is { } contact
                ? await WriteAsync(contact, caller, db, personal, clock.GetUtcNow(), token)
                : null, cancellationToken);
        if (document is null)
        {
            return OwnContact.NotRegistered();
        }
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(document, Readable), "application/json", "ums-kontaktuppgifter.json");
    }

    private static async Task<Document> WriteAsync(
        Contact contact, Caller caller, ContactsDb db, PersonalData personal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isPublic = contact.Source == Source.PublicRegister;
        var isOptedOut = isPublic && await db.OptOuts.AnyAsync(optOut => optOut.RegisterKey == contact.RegisterKey!, cancellationToken);
        var audit = await db.AuditEntries.Where(entry => entry.ContactId == contact.Id).OrderBy(entry => entry.Id).ToListAsync(cancellationToken);
        return new Document(
            now, ContactView.Of(contact, caller, personal), contact.CreatedAt, contact.ChangedAt, contact.Version, isOptedOut, isPublic ? RegisterOnly : [],
            [.. contact.Phones.Where(phone => phone.RemovedAt is not null).Select(phone => new RemovedPhone(phone.Id, phone.Source, phone.RemovedAt!.Value))],
            [.. contact.Addresses.Where(address => address.RemovedAt is not null).Select(address =>
                new RemovedAddress(AddressView.Of(address), address.RemovedAt!.Value, Word(address.RemovedBy!.Value)))],
            [.. audit.Select(entry => new AuditLine(entry.At, Word(entry.Actor), entry.Action, entry.Field, entry.Version))]);
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
