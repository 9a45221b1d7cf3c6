using System.Text;
using Microsoft.AspNetCore.Http;
using Ums.ProviderDoubles.Faults;

namespace Ums.ProviderDoubles.Http;

/// <summary>Answers that come, and all the ways in which they do not.</summary>
internal static class Answer
{
    public static async Task GiveAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }

    public static Task SayAsync(HttpContext http, int status, string text) => GiveAsync(http, status, "text/plain", Encoding.UTF8.GetBytes(text));

    /// <summary>The message has been taken; the sender is not to learn it, or not easily.</summary>
    public static Task SpoilAsync(HttpContext http, Fault fault, string type, byte[] body, string error, string garbage)
    {
        switch (fault)
        {
            case Fault.SilentAfter:
                return NeverAsync(http);
            case Fault.ErrorAfter:
                return SayAsync(http, 500, error);
            case Fault.CutOff:
                http.Abort();
                return Task.CompletedTask;
            case Fault.CutWithin:
                return CutWithinAsync(http, type, body);
            case Fault.Slow:
                return TrickleAsync(http, type, body);
            default:
                return SayAsync(http, 200, garbage);
        }
    }

    public static async Task NeverAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    private static async Task CutWithinAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.AsMemory(0, body.Length / 2));
        http.Abort();
    }

    private static async Task TrickleAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        try
        {
            for (var i = 0; i < body.Length; i++)
            {
                await http.Response.BodyWriter.WriteAsync(body.AsMemory(i, 1), http.RequestAborted);
                await Task.Delay(TimeSpan.FromSeconds(1), http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }
}
