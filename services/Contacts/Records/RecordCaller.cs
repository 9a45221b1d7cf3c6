using System.Security.Claims;
using Ums.Contacts.Audit;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Records;

/// <summary>The operator at work, from the token alone, and the version of the entry that they have seen (If-Match).</summary>
internal sealed record RecordCaller(Guid Organisation, string Slug, ClaimsPrincipal User, long? Seen)
{
    public Author Author => new(AuditActor.Operator, User.Required(ServiceDefaults.Tokens.Claims.Subject));

    public static ValueTask<RecordCaller?> BindAsync(HttpContext http) => ValueTask.FromResult<RecordCaller?>(new(
        http.User.OrganisationId(), http.User.Required(ServiceDefaults.Tokens.Claims.OrganisationSlug), http.User,
        long.TryParse(http.Request.Headers.IfMatch.ToString().Trim('"'), out var seen) ? seen : null));

    /// <summary>A line of the audit that this caller answers for.</summary>
    public AuditRecord Did(string action, Guid? person, string? reason = null, string? detail = null) =>
        AuditRecord.By(User, action) with { PersonId = person, Reason = reason, Detail = detail };
}
