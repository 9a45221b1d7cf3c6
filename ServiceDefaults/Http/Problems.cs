using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Http;

/// <summary>Errors as RFC 9457 problem details. The <c>type</c> is <c>urn:ums:problem:</c> and a stable word that callers may branch on.</summary>
public static class Problems
{
    public const string Prefix = "urn:ums:problem:";

    public static ProblemHttpResult Problem(
        int status, string slug, string title, string? detail = null, IDictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: Prefix + slug, extensions: extensions);

    /// <summary>400 with the fields at fault.</summary>
    /// <param name="errors">Field name in camelCase to what is wrong with it.</param>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) =>
        Problem(StatusCodes.Status400BadRequest, "validation", "The request has errors.", extensions: new Dictionary<string, object?> { ["errors"] = errors });

    /// <inheritdoc cref="Invalid(IDictionary{string, string[]})"/>
    public static ProblemHttpResult Invalid(string field, string error) => Invalid(new Dictionary<string, string[]> { [field] = [error] });

    internal static void AddProblems(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            {
                problem.Type = Prefix + (problem is HttpValidationProblemDetails ? "validation" : Slug(problem.Status ?? context.HttpContext.Response.StatusCode));
            }
        });
        // In Development a body that cannot be read would be thrown, and answered with a 500.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddExceptionHandler<DatabaseAway>();
    }

    private static string Slug(int status) => status switch
    {
        400 => "bad-request",
        401 => "not-signed-in",
        403 => "not-allowed",
        404 => "not-found",
        405 => "method-not-allowed",
        409 => "conflict",
        413 => "too-large",
        415 => "unsupported-media-type",
        429 => "too-many-requests",
        503 => "unavailable",
        _ => "internal-error",
    };

    /// <summary>A database that stays away past the retries is a 503 that says when to try again, not a 500.</summary>
    private sealed class DatabaseAway(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (!DatabaseFaults.ArePassing(exception))
            {
                return false;
            }
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.Headers.RetryAfter = "10";
            return await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = new ProblemDetails { Status = 503, Title = "The service cannot reach its database just now. Try again in a moment." },
            });
        }
    }
}
