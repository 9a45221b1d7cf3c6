using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Speech;

/// <summary>What a call plays, as the provider fetches it.</summary>
internal static class FetchClip
{
    public static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> Handle(
        string token, SpeechAddresses addresses, Clips clips, HttpResponse response, CancellationToken cancellationToken)
    {
        if (addresses.Read(token) is not { } clip)
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "unknown-clip", "There is no such sound, or not any more.");
        }
        try
        {
            var file = await clips.FileOfAsync(clip, cancellationToken);
            response.Headers.CacheControl = "private, no-store";
            return TypedResults.PhysicalFile(file.FullName, "audio/wav", enableRangeProcessing: true);
        }
        catch (SpeechException)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "no-speech", "Nothing can be said at the moment.");
        }
    }
}
