using Microsoft.AspNetCore.Http.HttpResults;

namespace Ums.Contacts.Records;

/// <summary>A card with everything on it, this once: whoever needs to see what a person hid says why.</summary>
internal static class UnmaskRecord
{
    public sealed record Request(string? Reason);

    public static async Task<Results<Ok<RecordView>, ProblemHttpResult>> Handle(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, CancellationToken cancellationToken) =>
        Reason.Required(request.Reason) switch
        {
            ({ } reason, _) => await keeper.LookAsync(caller, id, open: true, caller.Did("contact-unmasked", id, reason), cancellationToken),
            (_, var refusal) => refusal!,
        };
}
