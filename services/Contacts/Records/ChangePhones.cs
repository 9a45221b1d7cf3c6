using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Contacts.Phones;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>An operator enters a number for somebody, or takes one away. Nothing proves that they answer there, so it stands on the operator's word.</summary>
internal static class ChangePhones
{
    public sealed record Request(string? Number, string? Reason);

    public static async Task<Results<Ok<RecordView>, ProblemHttpResult>> Add(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, PersonalData personal, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.TryParse(request.Number, norwegian: true, out var number, out var fault))
        {
            return Problems.Invalid("number", string.IsNullOrWhiteSpace(request.Number) ? "required" : AddRecord.PhoneFault(fault));
        }
        var (reason, unfit) = Reason.Optional(request.Reason);
        if (unfit is not null)
        {
            return unfit;
        }
        var index = personal.Index(caller.Organisation, number!.E164);
        try
        {
            return await keeper.ChangeAsync(caller, id, caller.Did("contact-phone-added", id, reason), evenRestricted: false, async (change, token) =>
            {
                var (phone, refusal) = await AddPhone.AddAsync(change, number, index, replaces: null, personal, token);
                return (phone?.Id.ToString(), refusal);
            }, cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("phones_one_holder"))
        {
            return AddPhone.Taken();
        }
    }

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> Remove(
        Guid id, Guid phone, RecordCaller caller, RecordKeeper keeper, CancellationToken cancellationToken) =>
        keeper.ChangeAsync(caller, id, caller.Did("contact-phone-removed", id), evenRestricted: false,
            (change, _) => Task.FromResult<(string?, ProblemHttpResult?)>((phone.ToString(), RemovePhone.Remove(phone, change))), cancellationToken);
}
