namespace Ums.Gateway.Security;

/// <summary>
/// Refuses a request whose end another server on its way may see elsewhere than we do: what one takes for the body, the other would take for a next request. Kestrel
/// refuses most of them, but lets chunks win over a length and reads "chunked, chunked" as "chunked", and it ends lines at a bare line feed.
/// </summary>
internal static class OneReading
{
    /// <summary>Where Kestrel moves the length that chunks have won over.</summary>
    private const string BeatenLength = "X-Content-Length";

    /// <summary>Before Kestrel starts: a line ends with carriage return and line feed.</summary>
    public static void RequireWholeLineEnds() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    public static void UseOneReading(this WebApplication app) => app.Use((http, next) =>
    {
        var coding = http.Request.Headers.TransferEncoding;
        if (http.Request.Headers.ContainsKey(BeatenLength) || (coding.Count > 0 && !string.Equals(coding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase)))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        }
        return next(http);
    });
}
