using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;

namespace Ums.Notifier.Phone;

/// <summary>What one telephone received, newest first.</summary>
internal static class ReadPhone
{
    private const int Most = 100;

    public sealed record Item(Guid Id, string Channel, string Text, DateTimeOffset CreatedAt);

    /// <param name="number">As people write it.</param>
    public static async Task<Results<Ok<List<Item>>, ProblemHttpResult>> Handle(string number, PhoneMemory memory, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.TryParse(number, norwegian: true, out var phone, out _))
        {
            return Problems.Problem(StatusCodes.Status400BadRequest, "invalid-phone", "Not a telephone number that we send to.");
        }
        var messages = await memory.ReadAsync(phone!.E164, Most, cancellationToken);
        return TypedResults.Ok(messages.ConvertAll(message => new Item(message.Id, message.Channel, message.Text, message.CreatedAt)));
    }
}
