using Microsoft.AspNetCore.Http;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>A problem as the services word it.</summary>
public sealed record Refusal(int Status, string Slug, int? RetryAfter = null, Dictionary<string, object?>? Extensions = null)
{
    public IResult Answer(HttpContext http)
    {
        if (RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return Results.Problem(statusCode: Status, title: Slug, type: $"urn:ums:problem:{Slug}", extensions: Extensions);
    }
}
