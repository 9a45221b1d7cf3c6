using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>
/// A person's right to restriction (GDPR article 18: the entry is neither sent to nor changed, by operators, imports or the person) and to objection (article 21:
/// nothing is sent). Both hold until somebody lifts them, with a reason either way.
/// </summary>
internal static class LimitRecord
{
    /// <param name="On">Whether it holds from now on.</param>
    public sealed record Request(bool? On, string? Reason);

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> Restrict(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, PersonalData personal, CancellationToken cancellationToken) =>
        ChangeAsync(id, request, caller, keeper, personal, "contact-restricted", "contact-restriction-lifted", "restriction", contact => contact.RestrictedAt,
            (contact, since, reason) => (contact.RestrictedAt, contact.RestrictionReason) = (since, reason), cancellationToken);

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> Object(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, PersonalData personal, CancellationToken cancellationToken) =>
        ChangeAsync(id, request, caller, keeper, personal, "contact-objected", "contact-objection-withdrawn", "objection", contact => contact.ObjectedAt,
            (contact, since, reason) => (contact.ObjectedAt, contact.ObjectionReason) = (since, reason), cancellationToken);

    private static async Task<Results<Ok<RecordView>, ProblemHttpResult>> ChangeAsync(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, PersonalData personal, string begun, string ended, string what,
        Func<Contact, DateTimeOffset?> since, Action<Contact, DateTimeOffset?, byte[]?> set, CancellationToken cancellationToken)
    {
        if (request.On is not { } on)
        {
            return Problems.Invalid("on", "required");
        }
        var (reason, refusal) = Reason.Required(request.Reason);
        if (reason is null)
        {
            return refusal!;
        }
        var action = on ? begun : ended;
        // An objection is the person's word, and is taken down even while the entry rests.
        return await keeper.ChangeAsync(caller, id, caller.Did(action, id, reason), evenRestricted: true, (change, _) =>
        {
            var contact = change.Contact;
            if (on != (since(contact) is not null))
            {
                set(contact, on ? change.At : null, on ? personal.Seal(contact.OrganisationId, reason) : null);
                change.Record(action, what, version => new ContactChanged(contact.Id, contact.OrganisationId, what, version, change.At));
            }
            return Task.FromResult<(string?, ProblemHttpResult?)>((null, null));
        }, cancellationToken);
    }
}
