using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>
/// Puts right what an entry says of its person. Where the public register said otherwise, this stands until the register itself has something new to say. Showing a
/// hidden name or ending a protection needs a reason, since it shows what was hidden.
/// </summary>
internal static class CorrectRecord
{
    /// <summary>What is left out, or null, stays as it is; so a name need not be seen to be kept.</summary>
    public sealed record Request(
        string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, bool? NameHidden, bool? Protected, string? Reason);

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> Handle(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (errors, today) = (new Dictionary<string, string[]>(), AgeLimit.SwedishDay(clock.GetUtcNow()));
        var givenName = Read("givenName", request.GivenName, PersonFields.Name);
        var familyName = Read("familyName", request.FamilyName, PersonFields.Name);
        var companyName = Read("companyName", request.CompanyName, PersonFields.Name);
        var number = Read("organisationNumber", request.OrganisationNumber, PersonFields.OrganisationNumber);
        var birthDate = Read("birthDate", request.BirthDate, text => PersonFields.BirthDate(text, today) is ({ } born, _)
            ? (born.ToString("yyyyMMdd", CultureInfo.InvariantCulture), null)
            : (null, "not-a-date"));
        var (reason, unfit) = Reason.Optional(request.Reason);
        if (errors.Count > 0 || unfit is not null)
        {
            return Task.FromResult<Results<Ok<RecordView>, ProblemHttpResult>>(unfit ?? Problems.Invalid(errors));
        }
        return keeper.ChangeAsync(caller, id, caller.Did("contact-corrected", id, reason), evenRestricted: false, async (change, token) =>
        {
            var contact = change.Contact;
            if (reason is null && ((contact.NameHidden && request.NameHidden == false) || (contact.Protected && request.Protected == false)))
            {
                return (null, Problems.Invalid("reason", "required"));
            }
            if (contact.Kind == ContactKind.Private && (companyName ?? number) is not null)
            {
                return (null, Problems.Invalid("companyName", "not-a-company"));
            }
            if (contact.Kind == ContactKind.Company && birthDate is not null)
            {
                return (null, Problems.Invalid("birthDate", "not-a-person"));
            }
            var changed = new List<string>();
            contact.GivenName = Put("givenName", contact.GivenName, givenName)!;
            contact.FamilyName = Put("familyName", contact.FamilyName, familyName)!;
            contact.CompanyName = Put("companyName", contact.CompanyName, companyName);
            contact.OrganisationNumber = Put("organisationNumber", contact.OrganisationNumber, number);
            contact.BirthDate = Put("birthDate", contact.BirthDate, birthDate);
            contact.NameHidden = Set("nameHidden", contact.NameHidden, request.NameHidden);
            contact.Protected = Set("protected", contact.Protected, request.Protected);
            if (changed.Count == 0)
            {
                return (null, null);
            }
            var fields = string.Join(' ', changed);
            change.Record("contact-corrected", fields, version => new ContactChanged(contact.Id, contact.OrganisationId, "details", version, change.At));
            await IndexNames.WriteAsync(change.Db, contact, personal, token);
            return (fields, null);

            byte[]? Put(string field, byte[]? box, string? value)
            {
                if (value is null || (box is not null && personal.Open(contact.OrganisationId, box) == value))
                {
                    return box;
                }
                changed.Add(field);
                return personal.Seal(contact.OrganisationId, value);
            }

            bool Set(string field, bool was, bool? value)
            {
                if (value is { } set && set != was)
                {
                    changed.Add(field);
                }
                return value ?? was;
            }
        }, cancellationToken);

        string? Read(string field, string? text, Func<string?, (string? Value, string? Fault)> read)
        {
            if (text is null)
            {
                return null;
            }
            var (value, fault) = read(text);
            if (fault is not null)
            {
                errors[field] = [fault];
            }
            return value;
        }
    }
}
