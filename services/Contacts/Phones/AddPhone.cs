using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Phones;

/// <summary>Adds a number that a PIN has proved, or puts it in another's place.</summary>
internal static class AddPhone
{
    private const int Most = 10;

    /// <param name="Proof">The token that Identity gave for the PIN to the new number.</param>
    /// <param name="Replaces">The number that leaves.</param>
    public sealed record Request(string? Proof, Guid? Replaces);

    public static async Task<Results<Created<PhoneView>, ProblemHttpResult>> Handle(
        Request request, Caller caller, PhoneProof proof, ContactsDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await proof.ReadAsync(request.Proof, caller) is not { } number)
        {
            return Problems.Invalid("proof", string.IsNullOrEmpty(request.Proof) ? "required" : "not-a-proof");
        }
        var index = personal.Index(caller.Organisation, number.E164);
        try
        {
            return await db.ChangeOwnAsync<Created<PhoneView>>(caller, clock, async (change, token) =>
                await AddAsync(change, number, index, request.Replaces, personal, token) switch
                {
                    ({ } phone, _) => TypedResults.Created("/api/contact", PhoneView.Of(phone, caller, personal)),
                    (_, var refusal) => refusal!,
                }, cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("phones_one_holder"))
        {
            return Taken();
        }
    }

    public static ProblemHttpResult Taken() =>
        Problems.Problem(StatusCodes.Status409Conflict, "phone-taken", "The number belongs to another entry with this organisation.");

    /// <exception cref="DbUpdateException">Another entry holds the number.</exception>
    public static async Task<(Phone? Phone, ProblemHttpResult? Refusal)> AddAsync(
        Change change, PhoneNumber number, byte[] index, Guid? replaces, PersonalData personal, CancellationToken cancellationToken)
    {
        var contact = change.Contact;
        var phone = contact.Phones.SingleOrDefault(known => known.NumberIndex.AsSpan().SequenceEqual(index));
        var leaving = contact.CurrentPhones.SingleOrDefault(known => known.Id == replaces);
        if (replaces is not null && leaving is null && phone is not { RemovedAt: null })
        {
            return (null, OwnContact.NoSuch("phone"));
        }
        if (leaving is null && phone is not { RemovedAt: null } && contact.CurrentPhones.Count() >= Most)
        {
            return (null, Problems.Problem(StatusCodes.Status409Conflict, "too-many-phones", $"An entry holds {Most} numbers at most."));
        }
        if (phone is null)
        {
            phone = Phone.New(contact, number, index, personal, change.At);
            change.Db.Phones.Add(phone);
            change.PhoneAdded(phone);
        }
        else if (phone.RemovedAt is not null)
        {
            phone.Restore(personal.Seal(contact.OrganisationId, number.E164));
            change.PhoneAdded(phone);
        }
        if (leaving is not null && leaving != phone)
        {
            leaving.Remove(change.By, change.At);
            change.PhoneRemoved(leaving);
        }
        // Here, so that another holder shows while the answer can still say so.
        await change.Db.SaveChangesAsync(cancellationToken);
        return (phone, null);
    }
}
