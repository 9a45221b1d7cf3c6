using Microsoft.AspNetCore.Http.HttpResults;

namespace Ums.Contacts.Records;

/// <summary>A person's card, with what they hid left out.</summary>
internal static class ReadRecord
{
    public static async Task<Results<Ok<RecordView>, ProblemHttpResult>> Handle(
        Guid id, RecordCaller caller, RecordKeeper keeper, HttpResponse response, CancellationToken cancellationToken)
    {
        var answer = await keeper.LookAsync(caller, id, open: false, caller.Did("contact-read", id), cancellationToken);
        if (answer.Result is Ok<RecordView> { Value: { } view })
        {
            response.Headers.ETag = $"\"{view.Version}\"";
        }
        return answer;
    }
}
